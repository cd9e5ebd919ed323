//! The main text of web pages: which parts of a page it has, and how much of the page that is.

mod pages;

use gloss_core::import::{Imported, Kept, Options, import, import_with};
use gloss_core::text::count_words;
use gloss_sources::mhtml::saved;
use pages::{PROSE, checked};

/// The main text of a page.
fn main_text(page: &str) -> Imported {
    checked(page, import("a.html", page.as_bytes()).expect("a page"))
}

/// Everything that is seen on a page.
fn whole(page: &str) -> Imported {
    checked(page, import_with("a.html", page.as_bytes(), Options { whole_page: true }).expect("a page"))
}

#[test]
fn a_page_that_was_cut_says_how_many_words_were_kept() {
    let around = "<nav><a href=/a>World</a> <a href=/b>Economy</a></nav>";
    for (prose, footer) in [
        (PROSE.to_owned(), "All rights reserved, 2026"),
        ("Министерство опубликовало отчёт, в котором говорится о зерне и угле. ".repeat(6), "Все права защищены"),
        ("정부는 어제 협정에 서명했다고 발표했다. 전문가들은 의심하고 있다고 말했다. ".repeat(6), "회사 소개"),
        ("政府は昨日、停戦協定に署名したと発表した。専門家は、しかし、疑っていると述べた。".repeat(6), "著作権"),
    ] {
        let page = format!(
            "<!doctype html><body>{around}<main><h1>Report</h1><p>{prose}</p><p>See<a href=#n>[1]</a>.</p>
            <ol><li id=n>A note.</ol></main><footer>{footer}</footer>"
        );
        let (main, all) = (main_text(&page), whole(&page));
        let kept = main.kept.expect("a page that was cut");
        assert_eq!(kept, Kept { words: count_words(&main.text), of: count_words(&all.text) });
        assert!(kept.words < kept.of, "{kept:?}");
        assert_eq!(all.kept, None);
        let message = import("a.mhtml", &saved("base64", "utf-8", &page)).expect("a saved page");
        assert_eq!(message.kept, Some(kept));
    }
}

#[test]
fn a_page_that_was_not_cut_says_nothing_of_words() {
    for page in [
        "<!doctype html><p>Short.".to_owned(),
        format!("<!doctype html><body><h1>Report</h1><p>{PROSE}</p><p>{PROSE}</p>"),
        // Nothing but a picture is left out.
        format!("<!doctype html><body><nav><a href=/><img></a></nav><main><h1>Report</h1><p>{PROSE}</p></main>"),
    ] {
        assert_eq!(main_text(&page).kept, None, "{page}");
    }
    for name in ["a.md", "a.txt"] {
        assert_eq!(import(name, PROSE.as_bytes()).expect("a text").kept, None, "{name}");
    }
}

/// Long paragraphs of one text, each in sentences with commas.
const ENGLISH: [&str; 4] = [
    "The harbour office published its figures on Tuesday, saying that fewer ships had called, that waiting times had \
     grown, and that nobody expected a better autumn.",
    "Pilots, who asked not to be named, called the figures incomplete, and said that two berths had been counted twice \
     since the spring.",
    "Insurers in three cities, meanwhile, raised their rates again, pointing to ice, to old hulls, and to the long way \
     around the cape.",
    "The union answered within a day, asked for a hearing, and printed a table of its own, which shows a steeper fall \
     than the office admits.",
];
const RUSSIAN: [&str; 4] = [
    "Портовое управление опубликовало отчёт во вторник, сообщив, что судов стало меньше, что ожидание стало дольше, и \
     что осенью лучше не будет.",
    "Лоцманы, просившие не называть их имён, сочли цифры неполными, и добавили, что два причала с весны посчитаны дважды.",
    "Страховщики в трёх городах, между тем, снова подняли тарифы, ссылаясь на лёд, на старые суда, и на долгий путь.",
    "Профсоюз ответил в тот же день, потребовал слушаний, и напечатал свою таблицу, где падение заметно круче.",
];
const KOREAN: [&str; 4] = [
    "항만청은 화요일에 통계를 발표하면서, 입항한 배가 줄었고, 대기 시간이 길어졌으며, 가을에도 나아지지 않을 것이라고 밝혔다.",
    "이름을 밝히지 않은 도선사들은, 통계가 불완전하다고 말하면서, 봄부터 선석 두 곳이 두 번 계산되었다고 덧붙였다.",
    "세 도시의 보험사들은, 얼음과, 낡은 선체와, 먼 항로를 이유로 들면서, 요율을 다시 올렸다고 전했다.",
    "노조는 하루 만에 답하면서, 청문회를 요구하고, 더 가파른 감소를 보여 주는 표를 직접 인쇄해 배포하였다.",
];
const ARABIC: [&str; 4] = [
    "نشرت هيئة الميناء أرقامها يوم الثلاثاء، وقالت إن عدد السفن انخفض، وإن مدة الانتظار طالت، وإن الخريف لن يكون أفضل.",
    "وقال مرشدون، طلبوا عدم ذكر أسمائهم، إن الأرقام ناقصة، وإن رصيفين حُسبا مرتين منذ الربيع الماضي في الجداول الرسمية.",
    "ورفعت شركات التأمين في ثلاث مدن أسعارها من جديد، مشيرة إلى الجليد، وإلى السفن القديمة، وإلى طول الطريق حول الرأس.",
    "وردت النقابة خلال يوم واحد، وطالبت بجلسة استماع، ونشرت جدولا خاصا بها، يظهر انخفاضا أشد مما تعترف به الهيئة.",
];
const GERMAN: [&str; 4] = [
    "Das Hafenamt hat am Dienstag seine Zahlen vorgelegt, wonach weniger Schiffe kamen, die Wartezeiten wuchsen, und \
     niemand einen besseren Herbst erwartet.",
    "Lotsen, die ungenannt bleiben wollten, nannten die Zahlen lückenhaft, und sagten, zwei Liegeplätze seien seit dem \
     Frühjahr doppelt gezählt.",
    "Versicherer in drei Städten erhöhten unterdessen erneut ihre Sätze, und verwiesen auf Eis, auf alte Rümpfe, und auf \
     den langen Weg um das Kap.",
    "Die Gewerkschaft antwortete binnen eines Tages, verlangte eine Anhörung, und druckte eine eigene Tabelle, die einen \
     steileren Rückgang zeigt.",
];
const ALL: [[&str; 4]; 5] = [ENGLISH, RUSSIAN, KOREAN, ARABIC, GERMAN];

/// A page with menus around what is given.
fn page(body: &str) -> String {
    format!(
        "<!doctype html><html><head><meta charset=utf-8><title>Page</title></head><body><nav><a href=/a>Home</a> \
         <a href=/b>World</a></nav>{body}<footer><p>Imprint and terms of use of this page.</p></footer></body></html>"
    )
}

/// Fails unless the main text of a page holds the first words and none of the others, and the whole page all of them.
fn holds(page: &str, words: &[&str], others: &[&str]) {
    let (main, all) = (main_text(page).text, whole(page).text);
    for words in words {
        assert!(main.contains(words), "{words} is lost from:\n{main}\n\nof {page}");
        assert!(all.contains(words), "{words} is lost from the whole of {page}");
    }
    for words in others {
        assert!(!main.contains(words), "{words} is too much in:\n{main}\n\nof {page}");
        assert!(all.contains(words), "{words} is lost from the whole of {page}");
    }
}

#[test]
fn prose_is_not_taken_away_by_one_word_of_its_class() {
    for [first, second, third, fourth] in ALL {
        for part in [
            format!("<p class='story__teaser'>{fourth}</p>"),
            format!("<div class='promo-text'><p>{fourth}</p></div>"),
            format!("<div id=socialEmbed><blockquote><p>{fourth}</p>— <a href=/1>A. B.</a></blockquote></div>"),
            format!("<div class='ad-embed'><blockquote>{fourth}</blockquote></div>"),
            format!("<figure><img><figcaption class='copyright-and-caption'>{fourth}</figcaption></figure>"),
            format!(
                "<figure><img><figcaption class='with-copyright'>Pier 7. Foto: A. B.</figcaption></figure><p>{fourth}</p>"
            ),
            format!("<figure><p class='img-copyright'>Pier 7. Foto: A. B.</p></figure><p>{fourth}</p>"),
            format!("<section class='share-of-exports'><h2>2</h2><p>{fourth}</p></section>"),
            format!("<div class='no-sidebar has-ads'><p>{fourth}</p></div>"),
            format!("<div class='overlay banner'><p>{fourth}</p></div>"),
            format!("<aside class=statement><blockquote>{fourth}</blockquote></aside>"),
        ] {
            let article =
                page(&format!("<article><h1>A</h1><p>{first}</p>{part}<p>{second}</p><p>{third}</p></article>"));
            holds(&article, &[first, second, third, fourth], &["Imprint"]);
            assert_eq!(main_text(&article).text.contains("Pier 7"), part.contains("Pier 7"), "{part}");
        }
        let builder: String = [first, second, third, fourth]
            .map(|p| {
                format!(
                    "<div class='e-{} widget widget-text'><div class=widget-container><p>{p}</p></div></div>",
                    p.len()
                )
            })
            .concat();
        let author = format!("<div class=author-box><p>{}</p></div>", [first, second].concat());
        holds(
            &page(&format!("<div class=builder>{builder}</div>{author}")),
            &[first, second, third, fourth],
            &["Imprint"],
        );
    }
}

#[test]
fn a_long_section_is_not_taken_away_by_what_else_is_in_it() {
    for [first, second, third, fourth] in ALL {
        let long: String = [second, third, fourth, second, third].map(|text| format!("{text}<br><br>")).concat();
        for class in ["Report__Section Report__Section--Ads", "column related-to-harbours", "sidebar-left"] {
            let article = page(&format!(
                "<article><h1>A</h1><p>{first}</p><p>{second}</p><section class='{class}'><p>{long}</p></section></article>"
            ));
            holds(&article, &[first, second, third, fourth], &["Imprint"]);
        }
    }
}

#[test]
fn what_is_named_as_standing_around_still_goes() {
    let [first, second, third, fourth] = ENGLISH;
    for part in [
        "<div class='social-share'><span>Share</span> <a href=/f>Facebook</a> <a href=/x>X</a></div>".to_owned(),
        "<div class=widget><h3>Most read</h3><ul><li><a href=/1>One long story</a><li><a href=/2>Another one</a></ul></div>".to_owned(),
        "<p class=copyright>© Example Press 2026, all rights reserved.</p>".to_owned(),
        format!("<div class='ad-slot'><p>{fourth}</p></div>"),
        format!("<div class='newsletter-signup'><p>{fourth}</p></div>"),
        format!("<section class=comments><blockquote>{fourth}</blockquote></section>"),
        "<div class=teasers><a href=/1>One long story of another day</a><a href=/2>Another story</a></div>".to_owned(),
    ] {
        let words: String = part.split(['<', '>']).filter(|words| words.len() > 8 && words.contains(' ') && !words.contains('=')).take(1).collect();
        let article = page(&format!("<article><h1>A</h1><p>{first}</p><p>{second}</p>{part}<p>{third}</p></article>"));
        holds(&article, &[first, second, third], &[]);
        assert!(words.is_empty() || !main_text(&article).text.contains(&words), "{words} in {part}");
    }
}

#[test]
fn every_article_of_a_page_is_kept_and_no_card_that_leads_to_another() {
    for [first, second, third, fourth] in ALL {
        let long = format!("<h3>14:00</h3><p>{first}</p><p>{second}</p><p>{third}</p><p>{first}</p>");
        let short = format!("<h3>13:00</h3><p>{fourth}</p>");
        let card =
            "<article class=card><h3><a href=/other>Some other story</a></h3><p>Short words on it.</p></article>";
        for body in [
            format!("<main><h1>Live</h1><article>{long}</article><article>{short}</article>{card}</main>"),
            format!(
                "<div class=feed><article class='post first'>{short}</article><article class='post'>{long}</article></div>{card}"
            ),
            format!("<div><div role=article>{long}</div><div role=article>{short}</div></div>"),
            format!("<ul><li><article>{long}</article></li><li><article>{short}</article></li></ul>"),
        ] {
            holds(&page(&body), &["14:00", "13:00", fourth, third], &["Imprint"]);
            assert!(!main_text(&page(&body)).text.contains("Some other story"), "{body}");
        }
    }
}

#[test]
fn an_article_in_several_holders_keeps_its_first_and_its_short_parts() {
    for [first, second, third, fourth] in ALL {
        let short = format!("{}.", &fourth[..fourth.char_indices().nth(30).map_or(0, |(at, _)| at)]);
        let long = format!("<p>{first}</p><p>{second}</p><p>{third}</p>").repeat(3);
        let holders = |open: &str, close: &str| {
            [
                format!("<p>{fourth}</p>"),
                "<figure><img><figcaption>A berth.</figcaption></figure>".into(),
                long.clone(),
                format!("<p>{short}</p>"),
                "<table><tr><th>Berth<th>Ships<tr><td>Liegeplatz7<td>12</table>".into(),
            ]
            .map(|part| format!("{open}{part}{close}"))
            .concat()
        };
        for body in [
            format!(
                "<div id=app><div class=hero><h1>A</h1></div>{}</div>",
                holders("<section class=outer><div class=flex><div class=text>", "</div></div></section>")
            ),
            format!(
                "<main><h1>A</h1><div>{}</div></main>",
                holders("<div class='row row--text'><div class=col>", "</div></div>")
            ),
            format!("<h1>A</h1>{}", holders("<div class=block>", "</div>")),
            format!(
                "<main><h1>A</h1><div class=fields>{}</div></main>",
                holders("<div class=item><div class='p text'><div class=name>", "</div></div></div>")
            ),
            format!("<table><tr><td><h1>A</h1>{}</td></tr></table>", holders("<div>", "</div>")),
        ] {
            holds(&page(&body), &[fourth, first, third, &short, "Liegeplatz7"], &["Imprint"]);
        }
        let sections = format!(
            "<main><section class=intro><h1>A</h1><p>{fourth}</p></section><section class=more><h2>B</h2>{long}</section></main>"
        );
        holds(&page(&sections), &[fourth, third], &["Imprint"]);
    }
}

#[test]
fn the_headline_and_the_lead_in_a_header_are_kept() {
    for [first, second, third, fourth] in ALL {
        let text = format!("<p>{first}</p><p>{second}</p><p>{third}</p>");
        for body in [
            format!(
                "<header class=article-header><h2>Headline</h2><p class=standfirst>{fourth}</p></header><div class=article-body>{text}</div>"
            ),
            format!("<div id=page><header><h3>Headline</h3><p>{fourth}</p></header><div>{text}</div></div>"),
            format!("<header><div><h2>Headline</h2></div><div>{fourth}</div></header><section>{text}</section>"),
            format!("<header><p>Kicker</p><h2>Headline</h2></header><div><p>{fourth}</p>{text}</div>"),
            format!("<header><h1>Headline</h1><p>{fourth}</p></header><div class=content>{text}</div>"),
            format!(
                "<div><h1>Headline</h1><p>1 May</p><div class=intro>{fourth}</div></div><div><div>{text}</div></div>"
            ),
        ] {
            holds(&page(&body), &["Headline", fourth, third], &["Imprint"]);
        }
        let paper = format!(
            "<header><h2><a href=/>The Paper</a></h2><nav><a href=/x>Economy</a></nav></header><h1>A</h1><div>{text}</div>"
        );
        holds(&page(&paper), &[first, third], &["The Paper", "Economy"]);
    }
}

#[test]
fn no_word_of_a_class_takes_words_out_of_a_sentence() {
    for [first, second, third, _] in ALL {
        for (open, close) in [
            ("<a href=/note class=popup>", "</a>"),
            ("<span class='ad-word'>", "</span>"),
            ("<b id=sidebar-1><i>", "</i></b>"),
        ] {
            let (at, _) = first.char_indices().nth(12).expect("a letter");
            let article = page(&format!(
                "<article><h1>A</h1><p>{}{open}{}{close}{}</p><p>{second}</p><p>{third}</p></article>",
                &first[..at],
                &first[at..].chars().take(9).collect::<String>(),
                first[at..].chars().skip(9).collect::<String>()
            ));
            holds(&article, &[first, second, third], &["Imprint"]);
        }
    }
}

#[test]
fn a_discussion_is_the_text_of_a_page_that_has_no_other() {
    for [first, second, third, fourth] in ALL {
        let remark = |text: &str| format!("<div class='timeline-comment'><p>{text}</p></div>");
        let remarks = [first, second, third, fourth].map(remark).concat();
        holds(
            &page(&format!("<main><h1>Question</h1>{remarks}</main>")),
            &[first, second, third, fourth],
            &["Imprint"],
        );
        let article = [second, third, fourth].map(|text| format!("<p>{text}</p>")).concat();
        let page = page(&format!("<article><h1>A</h1>{}</article><div>{}</div>", article.repeat(3), remark(first)));
        holds(&page, &[second, fourth], &[first]);
    }
}
