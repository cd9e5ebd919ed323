//! The order in which pages of PDF files are read: each page is drawn here by code, its paragraphs are those a person reads.

use gloss_core::import::{Imported, import};
use gloss_core::structure::BlockKind;
use gloss_sources::pdf::Font::{Bold, Italic, Plain};
use gloss_sources::pdf::{LEFT, Pdf, wrap};

const ENGLISH: &str = "The ministry of ports published its review on Monday, and said that the exports of grain had \
    fallen, that the imports of machines had risen, and that the balance would improve by the end of the year. Its \
    officials, who asked not to be named, said that the figures were subject to revision before the quarter ends.";
const GERMAN: &str = "Das Amt für Häfen legte am Montag seinen Bericht vor und erklärte, dass die Ausfuhr von Getreide \
    gefallen, die Einfuhr von Maschinen aber gestiegen sei und dass sich die Bilanz bis zum Ende des Jahres bessern \
    werde. Die Beamten, die nicht genannt werden wollten, nannten die Zahlen vorläufig.";
const RUSSIAN: &str = "Ведомство портов издало в понедельник свой обзор и сообщило, что вывоз зерна упал, что ввоз машин \
    вырос и что баланс улучшится к концу года. Чиновники, которые просили не называть их имён, сказали, что эти числа \
    ещё могут быть исправлены до конца квартала, и ничего больше не добавили.";
const GREEK: &str = "Το γραφείο των λιμανιών εξέδωσε τη Δευτέρα την έκθεσή του και είπε ότι οι εξαγωγές σιτηρών έπεσαν, \
    ότι οι εισαγωγές μηχανών ανέβηκαν και ότι το ισοζύγιο θα βελτιωθεί ως το τέλος του έτους. Οι υπάλληλοι είπαν ότι \
    οι αριθμοί είναι προσωρινοί και ότι θα διορθωθούν αργότερα.";

/// Draws one page and reads it.
fn page(draw: impl FnOnce(&mut Pdf)) -> Imported {
    let mut pdf = Pdf::default().page();
    draw(&mut pdf);
    read(&pdf)
}

fn read(pdf: &Pdf) -> Imported {
    let imported = import("a.pdf", &pdf.bytes()).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    imported.structure.check(imported.text.chars().count() as u32).expect("a sound structure");
    imported
}

fn blocks(imported: &Imported) -> Vec<(BlockKind, String)> {
    let text: Vec<char> = imported.text.chars().collect();
    let blocks = imported.structure.blocks.iter();
    blocks.map(|block| (block.kind, text[block.start as usize..block.end as usize].iter().collect())).collect()
}

fn paragraphs(imported: &Imported) -> Vec<String> {
    blocks(imported).into_iter().map(|(_, text)| text).collect()
}

/// The paragraphs of one page.
fn seen(draw: impl FnOnce(&mut Pdf)) -> Vec<String> {
    paragraphs(&page(draw))
}

/// Draws a paragraph of lines of 80 characters and gives back the baseline below it, with room for the next.
fn prose(pdf: &mut Pdf, y: f32, text: &str) -> f32 {
    pdf.lines(LEFT, y, &wrap(text, 80)) - 8.0
}

/// Draws a paragraph with an initial beside its first lines; all characters are half as wide as they are high.
fn initial(pdf: &mut Pdf, y: f32, letter: &str, rest: &str, beside: usize) -> f32 {
    let size = (12.0 * (beside as f32 - 1.0) + 7.0) / 0.7;
    let width = 0.5 * size * letter.chars().count() as f32 + 4.0;
    pdf.put(LEFT, y - 12.0 * (beside as f32 - 1.0), size, Bold, letter);
    let narrow = wrap(rest, 80 - (width / 5.0).ceil() as usize);
    pdf.lines(LEFT + width, y, &narrow[..beside]);
    let tail = narrow[beside..].join(" ");
    pdf.lines(LEFT, y - 12.0 * beside as f32, &wrap(&tail, 80)) - 8.0
}

#[test]
fn an_initial_belongs_to_the_first_of_the_lines_beside_it() {
    for (text, beside) in [(ENGLISH, 2), (ENGLISH, 3), (GERMAN, 2), (RUSSIAN, 3), (GREEK, 4)] {
        let cut = text.char_indices().nth(1).map_or(0, |(at, _)| at);
        let found = seen(|pdf| {
            let y = prose(pdf, 740.0, text);
            let y = initial(pdf, y, &text[..cut], &text[cut..], beside);
            prose(pdf, y, text);
        });
        assert_eq!(found, [text, text, text], "{beside} lines beside {}", &text[..cut]);
    }
}

#[test]
fn an_initial_may_be_a_quotation_mark_or_have_one() {
    for (mark, rest) in [("“", ENGLISH), ("„", GERMAN), ("«", RUSSIAN)] {
        let text = format!("{mark}{rest}");
        let found = seen(|pdf| {
            let y = prose(pdf, 740.0, rest);
            initial(pdf, y, mark, rest, 2);
        });
        assert_eq!(found, [rest.to_owned(), text.clone()]);
        let letter = rest.char_indices().nth(1).map_or(0, |(at, _)| at);
        let found = seen(|pdf| {
            let y = prose(pdf, 740.0, rest);
            initial(pdf, y, &format!("{mark}{}", &rest[..letter]), &rest[letter..], 3);
        });
        assert_eq!(found, [rest.to_owned(), text]);
    }
}

#[test]
fn an_initial_that_is_a_word_is_parted_from_the_next_one() {
    for (letter, rest) in [
        (
            "A",
            "harbour that is closed for the winter holds many ships, and each harbour of the north is closed for it.",
        ),
        (
            "I",
            "saw the ships that lay at anchor in the bay, and I saw that the men on them saw me as well as I saw them.",
        ),
        (
            "В",
            "гавани стояли суда, и всякий, кто бывал в гавани зимой, знает, как тихо бывает там, где стоят одни суда.",
        ),
    ] {
        let text = format!("{letter} {rest}");
        let found = seen(|pdf| {
            let y = prose(pdf, 740.0, ENGLISH);
            initial(pdf, y, letter, rest, 2);
        });
        assert_eq!(found, [ENGLISH.to_owned(), text]);
    }
    let found = seen(|pdf| {
        let y = prose(pdf, 740.0, ENGLISH);
        initial(
            pdf,
            y,
            "A",
            "t noon the ships left the harbour, for at noon the strait is calm and the men are awake by then.",
            2,
        );
    });
    assert_eq!(
        found[1],
        "At noon the ships left the harbour, for at noon the strait is calm and the men are awake by then."
    );
}

#[test]
fn a_raised_initial_stands_on_the_baseline_of_its_line() {
    for (letter, text) in [("T", ENGLISH), ("D", GERMAN), ("В", RUSSIAN)] {
        let rest = &text[letter.len()..];
        let found = seen(|pdf| {
            let y = prose(pdf, 740.0, text);
            let lines = wrap(rest, 77);
            pdf.put(LEFT, y - 20.5, 30.0, Bold, letter);
            pdf.put(LEFT + 15.5, y - 20.0, 10.0, Plain, &lines[0]);
            pdf.lines(LEFT, y - 32.0, &wrap(&lines[1..].join(" "), 80));
        });
        assert_eq!(found, [text, text]);
    }
}

#[test]
fn an_initial_of_chinese_begins_its_paragraph() {
    let text = "港口在冬季关闭，船只停泊在锚地，两国政府就粮食价格和通行权交换了照会。双方都没有说明出售了多少艘船，也没有说明卖给了谁，两国首都的报纸只刊登它们得到的消息，读者对此一无所知。";
    let found = seen(|pdf| {
        let characters: Vec<char> = text.chars().collect();
        let line = |from: usize, to: usize| characters[from..to.min(characters.len())].iter().collect::<String>();
        pdf.put(LEFT, 700.0 - 12.0, 24.0, Plain, &line(0, 1));
        pdf.lines(LEFT + 14.0, 700.0, &[line(1, 28), line(28, 55)]);
        pdf.lines(LEFT, 676.0, &[line(55, 85), line(85, 115)]);
    });
    assert_eq!(found, [text]);
}

/// Draws a figure beside three lines of words and gives back the baseline below.
fn figure(pdf: &mut Pdf, y: f32, figure: &str, words: &[&str], right: bool) -> f32 {
    let width = 20.0 * figure.chars().count() as f32;
    let longest = words.iter().map(|line| line.chars().count()).max().unwrap_or(0) as f32 * 5.0;
    let (place, lines) = if right { (LEFT + longest + 10.0, LEFT) } else { (LEFT, LEFT + width + 10.0) };
    pdf.put(place, y - 24.0, 40.0, Bold, figure);
    pdf.lines(lines, y, words) - 14.0
}

#[test]
fn a_large_figure_beside_its_words_is_read_before_or_after_them() {
    let words: [(&str, [&str; 3]); 4] = [
        ("42%", ["of the grain went by the", "northern route, which closed", "in the autumn of that year."]),
        ("3,7", ["Millionen Tonnen Getreide", "gingen über die Häfen des", "Nordens, bevor sie schlossen."]),
        ("19", ["судов стояли в гавани всю", "зиму, и ни одно из них не", "вышло в море до весны."]),
        ("85", ["πλοία έμειναν στο λιμάνι", "όλο τον χειμώνα και κανένα", "δεν βγήκε στη θάλασσα."]),
    ];
    for (number, lines) in words {
        for right in [false, true] {
            let found = seen(|pdf| {
                let y = prose(pdf, 740.0, ENGLISH);
                let y = figure(pdf, y - 10.0, number, &lines, right);
                prose(pdf, y, ENGLISH);
            });
            let (number, words) = (number.to_owned(), lines.join(" "));
            let beside = if right { [words, number] } else { [number, words] };
            let [first, second] = beside;
            assert_eq!(found, [ENGLISH.to_owned(), first, second, ENGLISH.to_owned()], "at the right: {right}");
        }
    }
}

#[test]
fn a_large_figure_above_its_words_is_read_before_them() {
    let found = seen(|pdf| {
        let y = prose(pdf, 740.0, ENGLISH);
        pdf.put(LEFT, y - 40.0, 40.0, Bold, "42%");
        let y = pdf.lines(LEFT, y - 58.0, &["of the grain went by the", "northern route."]);
        prose(pdf, y - 14.0, ENGLISH);
    });
    assert_eq!(found, [ENGLISH, "42%", "of the grain went by the northern route.", ENGLISH]);
}

#[test]
fn a_pull_quote_with_a_large_mark_is_a_paragraph_between_two() {
    for (mark, lines) in [
        ("“", ["We will not sign this paper, whatever", "they offer us, the minister said."]),
        ("„", ["Wir werden dieses Papier nicht", "unterschreiben, sagte der Minister."]),
        ("«", ["Мы не подпишем эту бумагу, что бы нам", "ни предложили, сказал министр."]),
    ] {
        let found = seen(|pdf| {
            let y = prose(pdf, 740.0, ENGLISH);
            pdf.put(LEFT, y - 52.0, 60.0, Bold, mark);
            pdf.lines(LEFT + 38.0, y - 20.0, &lines);
            prose(pdf, y - 76.0, ENGLISH);
        });
        assert_eq!(found, [ENGLISH.to_owned(), format!("{mark}{}", lines.join(" ")), ENGLISH.to_owned()]);
    }
}

#[test]
fn a_pull_quote_in_larger_type_does_not_mix_with_the_text_beside_it() {
    let found = seen(|pdf| {
        let narrow = wrap(ENGLISH, 44);
        pdf.lines(LEFT, 740.0, &narrow);
        for (at, line) in ["We will not", "sign this", "paper."].iter().enumerate() {
            pdf.put(320.0, 725.0 - 26.0 * at as f32, 22.0, Italic, line);
        }
    });
    assert_eq!(found, [ENGLISH, "We will not sign this paper."]);
}

#[test]
fn a_pull_quote_of_two_large_lines_does_not_mix_with_the_text_beside_it() {
    let narrow = wrap(RUSSIAN, 44);
    let found = seen(|pdf| {
        pdf.lines(LEFT, 740.0, &narrow);
        pdf.put(LEFT + 228.0, 716.0, 20.0, Italic, "We will not");
        pdf.put(LEFT + 228.0, 692.0, 20.0, Italic, "sign this.");
    });
    assert_eq!(found, [RUSSIAN, "We will not sign this."]);
}

#[test]
fn an_initial_at_the_right_begins_a_paragraph_that_runs_from_right_to_left() {
    let text = "משרד הנמלים פרסם ביום שני את הסקירה השנתית שלו ואמר כי יצוא התבואה ירד וכי יבוא המכונות עלה וכי המאזן ישתפר עד סוף השנה ואנשיו אמרו כי המספרים זמניים ונתונים לתיקון לפני סוף הרבעון הקרוב של אותה שנה ארוכה";
    let found = seen(|pdf| {
        let put = |pdf: &mut Pdf, right: f32, y: f32, size: f32, words: &str| {
            let drawn: String = words.chars().rev().collect();
            pdf.put(right - 0.5 * size * words.chars().count() as f32, y, size, Plain, &drawn);
        };
        let letter = text.chars().next().map_or(0, char::len_utf8);
        let lines = wrap(&text[letter..], 70);
        put(pdf, 540.0, 728.0, 27.0, &text[..letter]);
        put(pdf, 523.0, 740.0, 10.0, &lines[0]);
        put(pdf, 523.0, 728.0, 10.0, &lines[1]);
        for (at, line) in wrap(&lines[2..].join(" "), 74).iter().enumerate() {
            put(pdf, 540.0, 716.0 - 12.0 * at as f32, 10.0, line);
        }
    });
    assert_eq!(found, [text]);
}

#[test]
fn initials_stand_in_columns_too() {
    let column = |pdf: &mut Pdf, x: f32, text: &str| {
        let cut = text.char_indices().nth(1).map_or(0, |(at, _)| at);
        let lines = wrap(&text[cut..], 40);
        pdf.put(x, 728.0, 27.0, Bold, &text[..cut]);
        pdf.lines(x + 17.0, 740.0, &lines[..2]);
        pdf.lines(x, 716.0, &wrap(&lines[2..].join(" "), 43));
    };
    let found = seen(|pdf| {
        column(pdf, 60.0, ENGLISH);
        column(pdf, 310.0, RUSSIAN);
    });
    assert_eq!(found.join(" "), [ENGLISH, RUSSIAN].join(" "));
}

#[test]
fn a_chapter_numeral_is_read_before_the_lines_of_its_title() {
    for (numeral, lines) in [
        ("3", ["The northern route", "and what became of it"]),
        ("IV", ["Die nördliche Route", "und ihr Ende"]),
        ("7", ["Северный путь", "и что с ним стало"]),
    ] {
        let found = page(|pdf| {
            pdf.put(LEFT, 700.0, 48.0, Bold, numeral);
            pdf.put(LEFT + 70.0, 725.0, 14.0, Plain, lines[0]);
            pdf.put(LEFT + 70.0, 707.0, 14.0, Plain, lines[1]);
            prose(pdf, 660.0, ENGLISH);
        });
        let expected = [numeral.to_owned(), lines.join(" "), ENGLISH.to_owned()];
        assert_eq!(paragraphs(&found), expected);
    }
}

#[test]
fn a_numeral_in_the_margin_stands_before_its_paragraph() {
    let found = seen(|pdf| {
        let y = prose(pdf, 740.0, GERMAN);
        pdf.put(30.0, y - 14.0, 26.0, Bold, "12");
        prose(pdf, y, ENGLISH);
    });
    assert_eq!(found, [GERMAN, "12", ENGLISH]);
}

#[test]
fn raised_and_lowered_type_stays_in_its_line() {
    let found = seen(|pdf| {
        pdf.put(LEFT, 740.0, 20.0, Bold, "On the Price of Grain");
        pdf.put(LEFT + 210.0, 748.0, 9.0, Plain, "1");
        let y = prose(pdf, 700.0, ENGLISH);
        pdf.put(LEFT, y, 10.0, Plain, "On the 21");
        pdf.put(LEFT + 45.0, y + 4.0, 6.0, Plain, "st");
        pdf.put(LEFT + 56.0, y, 10.0, Plain, "of May the m");
        pdf.put(LEFT + 116.0, y + 4.0, 6.0, Plain, "2");
        pdf.put(LEFT + 124.0, y, 10.0, Plain, "were full of CO");
        pdf.put(LEFT + 199.0, y - 2.0, 6.0, Plain, "2");
        pdf.put(LEFT + 207.0, y, 10.0, Plain, "and of x");
        pdf.put(LEFT + 247.0, y + 4.0, 6.0, Plain, "(n+1)");
        pdf.put(LEFT + 266.0, y, 10.0, Plain, "parts, as the 3");
        pdf.put(LEFT + 341.0, y + 4.0, 6.0, Plain, "ème");
        pdf.put(LEFT + 353.0, y, 10.0, Plain, "report said.");
    });
    assert_eq!(
        found,
        [
            "On the Price of Grain1",
            ENGLISH,
            "On the 21st of May the m2 were full of CO2 and of x(n+1) parts, as the 3ème report said."
        ]
    );
}

#[test]
fn a_watermark_is_read_after_its_page_and_not_at_all_where_every_page_has_it() {
    // It leans by 45 degrees.
    let lean = "0.7071 0.7071 -0.7071 0.7071";
    let found = seen(|pdf| {
        pdf.put_as((150.0, 560.0), 60.0, lean, "", "DRAFT");
        let y = prose(pdf, 740.0, ENGLISH);
        prose(pdf, y, GERMAN);
    });
    assert_eq!(found, [ENGLISH, GERMAN, "DRAFT"]);
    // It lies over the lines.
    let found = seen(|pdf| {
        let y = prose(pdf, 740.0, ENGLISH);
        prose(pdf, y, GERMAN);
        pdf.put(100.0, 690.0, 70.0, Bold, "ПРОЕКТ");
    });
    assert_eq!(found, [ENGLISH, GERMAN, "ПРОЕКТ"]);
    for leans in [true, false] {
        let mut pdf = Pdf::default();
        for text in [ENGLISH, GERMAN, RUSSIAN, GREEK] {
            pdf = pdf.page();
            if leans {
                pdf.put_as((150.0, 560.0), 60.0, lean, "", "CONFIDENTIAL");
            } else {
                pdf.put(60.0, 700.0, 70.0, Bold, "CONFIDENTIAL");
            }
            prose(&mut pdf, 740.0, text);
        }
        assert_eq!(paragraphs(&read(&pdf)).join(" "), [ENGLISH, GERMAN, RUSSIAN, GREEK].join(" "));
    }
}

#[test]
fn text_drawn_twice_to_look_bold_is_read_once() {
    for (dx, dy) in [(0.3, 0.0), (0.0, 0.0), (0.4, 0.2)] {
        let found = seen(|pdf| {
            pdf.put(LEFT, 740.0, 16.0, Plain, "All Three Galleries");
            pdf.put(LEFT + dx, 740.0 + dy, 16.0, Plain, "All Three Galleries");
            prose(pdf, 700.0, ENGLISH);
        });
        assert_eq!(found, ["All Three Galleries", ENGLISH]);
    }
}

#[test]
fn a_head_set_wide_is_words_again() {
    for (text, spacing) in [("CHAPTER ONE", 2.0), ("CHAPTER ONE", 4.5), ("ГЛАВА ПЕРВАЯ", 3.0), ("VORWORT", 3.5)]
    {
        let found = seen(|pdf| {
            pdf.put_as((LEFT, 740.0), 10.0, "1 0 0 1", &format!("{spacing} Tc"), text);
            prose(pdf, 700.0, ENGLISH);
        });
        assert_eq!(found, [text, ENGLISH], "{spacing}");
    }
    // A word that is set wide for stress, in a line that is not.
    for (before, word, after) in
        [("Das war", "niemals", "die Absicht des Hauses."), ("Это был", "последний", "довод короля.")]
    {
        let found = seen(|pdf| {
            let y = prose(pdf, 740.0, ENGLISH);
            pdf.put(LEFT, y, 10.0, Plain, before);
            let x = LEFT + 5.0 * (before.chars().count() + 1) as f32;
            pdf.put_as((x, y), 10.0, "1 0 0 1", "2 Tc", word);
            pdf.put(x + 7.0 * word.chars().count() as f32 + 5.0, y, 10.0, Plain, after);
        });
        assert_eq!(found, [ENGLISH.to_owned(), format!("{before} {word} {after}")]);
    }
    // Letters that are no word stay apart.
    let found = seen(|pdf| {
        pdf.put(LEFT, 740.0, 10.0, Plain, "A B C D E F");
        prose(pdf, 700.0, ENGLISH);
    });
    assert_eq!(found, ["A B C D E F", ENGLISH]);
}

#[test]
fn letters_are_text_however_they_are_painted() {
    for operators in ["3 Tr", "1 1 1 rg", "7 Tr", "1 Tr"] {
        let found = seen(|pdf| {
            for (at, line) in wrap(ENGLISH, 80).iter().enumerate() {
                pdf.put_as((LEFT, 740.0 - 12.0 * at as f32), 10.0, "1 0 0 1", operators, line);
            }
        });
        assert_eq!(found, [ENGLISH], "{operators}");
    }
}

#[test]
fn two_and_three_columns_are_read_one_after_the_other() {
    let found = seen(|pdf| {
        pdf.lines(60.0, 740.0, &wrap(ENGLISH, 44));
        pdf.lines(310.0, 740.0, &wrap(GERMAN, 44));
    });
    assert_eq!(found, [ENGLISH, GERMAN]);
    let found = seen(|pdf| {
        for (at, text) in [ENGLISH, RUSSIAN, GREEK].iter().enumerate() {
            pdf.lines(50.0 + 175.0 * at as f32, 740.0, &wrap(text, 31 + at));
        }
    });
    assert_eq!(found, [ENGLISH, RUSSIAN, GREEK]);
}

#[test]
fn a_note_in_the_margin_does_not_mix_with_the_lines_beside_it() {
    for note in [&["The ports"][..], &["The ports", "in winter"], &["Of ports", "and of the", "ice there"]] {
        let found = seen(|pdf| {
            let y = prose(pdf, 740.0, ENGLISH);
            for (at, line) in note.iter().enumerate() {
                pdf.put(LEFT + 418.0, 728.0 - 12.0 * at as f32, 8.0, Italic, line);
            }
            prose(pdf, y, GERMAN);
        });
        assert_eq!(found, [ENGLISH.to_owned(), GERMAN.to_owned(), note.join(" ")]);
        let found = seen(|pdf| {
            let y = prose(pdf, 740.0, ENGLISH);
            for (at, line) in note.iter().enumerate() {
                pdf.put(14.0, 728.0 - 12.0 * at as f32, 8.0, Italic, line);
            }
            prose(pdf, y, GERMAN);
        });
        assert_eq!(found, [note.join(" "), ENGLISH.to_owned(), GERMAN.to_owned()]);
    }
}

#[test]
fn a_caption_is_a_paragraph_and_the_text_goes_on_after_it() {
    let lines = wrap(&format!("{ENGLISH} {GERMAN}"), 80);
    let found = seen(|pdf| {
        let y = pdf.lines(LEFT, 740.0, &lines[..4]);
        pdf.put(LEFT, y - 120.0, 8.0, Plain, "Figure 1. Ships in the harbour, counted on the first day of each month.");
        prose(pdf, y - 150.0, &lines[4..].join(" "));
    });
    assert_eq!(found[0], lines[..4].join(" "));
    assert_eq!(found[1], "Figure 1. Ships in the harbour, counted on the first day of each month.");
    assert_eq!(found[2], lines[4..].join(" "));
}

#[test]
fn tables_stay_in_rows() {
    let cells = [["Port", "Ships", "Grain"], ["Arne", "12", "340"], ["Belk", "7", "120"], ["Cotte", "31", "95"]];
    let found = page(|pdf| {
        let y = prose(pdf, 740.0, ENGLISH);
        for (row, cells) in cells.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                pdf.put(LEFT + 150.0 * column as f32, y - 6.0 - 12.0 * row as f32, 10.0, Plain, cell);
            }
        }
        prose(pdf, y - 70.0, GERMAN);
    });
    let mut expected = vec![(BlockKind::Paragraph, ENGLISH.to_owned())];
    expected.extend(cells.map(|cells| (BlockKind::Row, cells.join("\t"))));
    expected.push((BlockKind::Paragraph, GERMAN.to_owned()));
    assert_eq!(blocks(&found), expected);
}

#[test]
fn lists_are_items_and_an_indented_quotation_is_a_paragraph() {
    let found = page(|pdf| {
        let mut y = prose(pdf, 740.0, ENGLISH);
        for item in ["• ships that lay in the harbour for the whole", "• grain that was sold to the north"] {
            pdf.put(LEFT + 10.0, y, 10.0, Plain, item);
            y -= 12.0;
        }
        let y = pdf.lines(LEFT + 40.0, y - 10.0, &wrap(GERMAN, 64));
        prose(pdf, y - 10.0, RUSSIAN);
    });
    assert_eq!(
        blocks(&found),
        [
            (BlockKind::Paragraph, ENGLISH.to_owned()),
            (BlockKind::Item, "ships that lay in the harbour for the whole".to_owned()),
            (BlockKind::Item, "grain that was sold to the north".to_owned()),
            (BlockKind::Paragraph, GERMAN.to_owned()),
            (BlockKind::Paragraph, RUSSIAN.to_owned()),
        ]
    );
}

/// Draws lines of which some have words blanked out: each line is pieces, each a column in characters and its words.
fn blanked(pdf: &mut Pdf, mut y: f32, lines: &[&[(usize, &str)]]) -> f32 {
    for pieces in lines {
        for (column, words) in *pieces {
            pdf.put(LEFT + 5.0 * *column as f32, y, 10.0, Plain, words);
        }
        y -= 12.0;
    }
    y
}

#[test]
fn words_blanked_out_in_several_lines_leave_a_paragraph() {
    let english: &[&[(usize, &str)]] = &[
        &[(0, "The survey of the northern fields began in the second week of March, and an officer")],
        &[(0, "of the harbour board whose name was"), (52, "in the papers kept in the town")],
        &[(0, "had been sent there by a colonel of the engineers,"), (66, "who wrote that")],
        &[(0, "the wells were dry and"), (40, "nobody in the district had paid for it.")],
        &[(0, "The board answered within a month that the matter would be taken up at the meeting.")],
    ];
    let russian: &[&[(usize, &str)]] = &[
        &[(0, "Обзор северных полей начался во вторую неделю марта, и вёл его один из служащих")],
        &[(0, "управления, чьё имя"), (38, "стояло в бумагах, которые хранил писарь")],
        &[(0, "и которые потом видел полковник"), (50, "а с ним и другие офицеры")],
        &[(0, "из этого города, и все"), (36, "говорили, что колодцы там давно пусты")],
        &[(0, "и что никто не заплатил за насосы, хотя об этом просили не раз и не два.")],
    ];
    let arabic: &[&[(usize, &str)]] = &[
        &[(0, "بدأ المسح في الأسبوع الثاني من شهر مارس وكان يقوده ضابط من مجلس الميناء الكبير هنا")],
        &[(0, "وكان اسمه في الأوراق التي حفظها"), (50, "الكاتب في المدينة ثم ذهب به بعيدا")],
        &[(0, "وقد أرسله إلى هناك عقيد"), (44, "من المهندسين وكتب في رسالته إلى الناس")],
        &[(0, "أن الآبار جافة وأن أحدا من الناس"), (56, "لم يدفع ثمن المضخات قط")],
        &[(0, "وأجاب المجلس في غضون شهر بأن الأمر سيبحث في الاجتماع المقبل إن شاء الله")],
    ];
    for lines in [english, russian] {
        let text: Vec<&str> = lines.iter().flat_map(|line| line.iter().map(|(_, words)| *words)).collect();
        let found = page(|pdf| {
            let y = blanked(pdf, 740.0, lines);
            prose(pdf, y - 10.0, GERMAN);
        });
        let paragraph = |text: &str| (BlockKind::Paragraph, text.to_owned());
        assert_eq!(blocks(&found), [paragraph(&text.join(" ")), paragraph(GERMAN)]);
    }
    // Blanks at the beginning and at the end of lines.
    let ends: &[&[(usize, &str)]] = &[
        &[(0, "The survey of the northern fields began in the second week of March, and an officer")],
        &[(12, "of the harbour board, whose name was in the papers kept in the town, came")],
        &[(0, "with a colonel of the engineers who had"), (52, "and had also been to the wells")],
        &[(10, "were dry and nobody in the district had paid for them. The board answered")],
        &[(0, "within a month that the matter would be taken up at the meeting that it held.")],
    ];
    let text: Vec<&str> = ends.iter().flat_map(|line| line.iter().map(|(_, words)| *words)).collect();
    let found = seen(|pdf| {
        let y = blanked(pdf, 740.0, ends);
        prose(pdf, y - 10.0, GERMAN);
    });
    assert_eq!(found, [text.join(" "), GERMAN.to_owned()]);
    // From right to left: the letters stand on the page in the order in which they are seen.
    let text: Vec<&str> = arabic.iter().flat_map(|line| line.iter().map(|(_, words)| *words)).collect();
    let found = seen(|pdf| {
        for (at, pieces) in arabic.iter().enumerate() {
            for (column, words) in *pieces {
                let drawn: String = words.chars().rev().collect();
                let left = 540.0 - 5.0 * (*column + words.chars().count()) as f32;
                pdf.put(left, 740.0 - 12.0 * at as f32, 10.0, Plain, &drawn);
            }
        }
    });
    assert_eq!(found, [text.join(" ")]);
}

#[test]
fn words_after_blanks_that_begin_at_one_place_are_no_column() {
    let english: &[&[(usize, &str)]] = &[
        &[(0, "The survey of the northern fields began in the second week of March and was led by an")],
        &[(0, "officer of the harbour board whose name was"), (58, "in the papers that he")],
        &[(0, "had kept, and whom a colonel of that name,"), (58, "who wrote to the board")],
        &[(0, "in the summer, had sent there; and nobody"), (58, "had paid for the pumps")],
        &[(0, "of the town, so that the matter would be taken up at the meeting of June.")],
    ];
    let german: &[&[(usize, &str)]] = &[
        &[(0, "Die Aufnahme der nördlichen Felder begann in der zweiten Woche und wurde von einem")],
        &[(0, "geleitet, der"), (30, "hieß und in den Papieren stand, die der Schreiber")],
        &[(0, "hatte, und den"), (30, "geschickt hatte, weil die Brunnen trocken waren und")],
        &[(0, "niemand in"), (30, "für die Pumpen bezahlt hatte, so dass es im Juni zur")],
        &[(0, "Sprache kam und keine weiteren Kosten für die Stadt mehr entstehen sollten.")],
    ];
    let russian: &[&[(usize, &str)]] = &[
        &[(0, "Обзор северных полей начался во вторую неделю марта, и вёл его один из служащих")],
        &[(0, "управления, чьё имя было указано"), (48, "в бумагах, что хранил писарь")],
        &[(0, "и которые потом видел полковник"), (48, "а с ним и другие офицеры")],
        &[(0, "этого города, и все они тогда"), (48, "говорили, что колодцы пусты")],
        &[(0, "и что никто не заплатил за насосы, хотя об этом просили не раз и не два.")],
    ];
    for lines in [english, german, russian] {
        let text: Vec<&str> = lines.iter().flat_map(|line| line.iter().map(|(_, words)| *words)).collect();
        let found = seen(|pdf| {
            let y = blanked(pdf, 740.0, lines);
            prose(pdf, y - 10.0, GERMAN);
        });
        assert_eq!(found, [text.join(" "), GERMAN.to_owned()]);
    }
}

#[test]
fn a_compound_broken_at_its_own_hyphen_keeps_it() {
    let check = |lines: &[&str], text: &str| {
        let found = seen(|pdf| {
            pdf.lines(LEFT, 740.0, lines);
        });
        assert_eq!(found, [text]);
    };
    check(
        &["A mode that is mixed is called mixed-", "mode here, and no other mode is as good as that one."],
        "A mode that is mixed is called mixed-mode here, and no other mode is as good as that one.",
    );
    check(
        &["The long-term plan of the board was a long-", "term matter of the town and all who live in it."],
        "The long-term plan of the board was a long-term matter of the town and all who live in it.",
    );
    check(
        &["Это было северо-западное направление, то есть северо-", "западное, как его называли и называют все."],
        "Это было северо-западное направление, то есть северо-западное, как его называли и называют все.",
    );
    check(
        &["Die Verwaltung des Hafens nannte es Hafen-", "verwaltung, und die Hafenverwaltung war damit zufrieden."],
        "Die Verwaltung des Hafens nannte es Hafenverwaltung, und die Hafenverwaltung war damit zufrieden.",
    );
    check(
        &["They came to under-", "stand that nothing of it was true, and said so."],
        "They came to understand that nothing of it was true, and said so.",
    );
    // A long document of undivided words: a hyphen at a line's end is one of the writer's.
    let mut lines = vec!["The ships of the harbour lay at anchor for the whole winter of that year"; 70];
    lines.insert(30, "and all of them were of the well-");
    lines.insert(31, "built kind that the town had always wanted, it said, in those days.");
    let text = seen(|pdf| {
        for (at, line) in lines.iter().enumerate() {
            pdf.put(LEFT, 770.0 - 10.0 * at as f32, 9.0, Plain, line);
        }
    });
    assert!(text.join(" ").contains("of the well-built kind"), "{text:?}");
}
