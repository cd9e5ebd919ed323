//! What at the edges of an article, and inside it, belongs to its main text, and what does not.

mod articles;
mod pages;

use articles::{ALL, ENGLISH, holds, main_text, page, whole};
use pages::PROSE;

/// An article of some paragraphs with a part between them, in an element that says so or in one that does not.
fn articles(paragraphs: &[&str], part: &str) -> [String; 3] {
    let (last, others) = paragraphs.split_last().expect("paragraphs");
    let others: String = others.iter().map(|text| format!("<p>{text}</p>")).collect();
    let text = format!("<h1>A</h1>{others}{part}<p>{last}</p>");
    [
        page(&format!("<article>{text}</article>")),
        page(&format!("<div class=wrap><div class=entry-content>{text}</div></div>")),
        page(&format!("<main><div>{text}</div></main>")),
    ]
}

#[test]
fn a_list_that_stands_between_paragraphs_is_kept_though_it_is_all_links() {
    for paragraphs in ALL {
        let words = ["Hafenbericht eins", "Отчёт второй", "보고서 셋"];
        let items = words.map(|words| format!("<li><a href=/{}>{words}</a>", words.len())).concat();
        let nested = format!("<ul><li>{}<li>{}<ul>{items}</ul></ul>", paragraphs[0], paragraphs[1]);
        for part in [format!("<ul>{items}</ul>"), format!("<ol>{items}</ol>"), nested] {
            for article in articles(&paragraphs, &part) {
                holds(&article, &words, &["Imprint"]);
            }
        }
        // Named as the page names its menus it is none of the text.
        for part in [format!("<ul class=links>{items}</ul>"), format!("<div><ul id=more>{items}</ul></div>")] {
            for article in articles(&paragraphs, &part) {
                holds(&article, &paragraphs, &words);
            }
        }
    }
}

#[test]
fn the_sources_that_a_text_cites_are_kept_though_they_are_links() {
    for paragraphs in ALL {
        let [first, second, third, fourth] = paragraphs;
        let sources: String = (1..=3)
            .map(|n| format!("<li id=s{n}><a href=https://example.org/{n}>Port office, report {n}, read in May</a>"))
            .collect();
        for list in [
            format!("<ol class=references>{sources}</ol>"),
            format!("<div class=sources><ul>{sources}</ul></div>"),
            format!("<section><ul class=cited>{sources}</ul></section>"),
        ] {
            let call = |n: u32| format!("<sup><a href='#s{n}'>[{n}]</a></sup>");
            let text = |calls: [String; 2]| {
                let [one, other] = calls;
                page(&format!(
                    "<article><h1>A</h1><p>{first}{one}</p><p>{second}{other}</p><p>{third}</p><p>{fourth}</p>{list}</article>"
                ))
            };
            holds(&text([call(1), call(3)]), &["report 1", "report 3"], &["Imprint"]);
        }
    }
}

#[test]
fn a_heading_is_not_taken_away_by_its_id_and_not_as_a_bare_one_when_it_is_a_sentence() {
    for paragraphs in ALL {
        for (id, class) in [("nav_ships__1", "subheading"), ("related-0", "h"), ("menu", "title")] {
            for article in articles(&paragraphs, &format!("<h3 id={id} class={class}>Schiffe und 배</h3>")) {
                holds(&article, &["Schiffe und 배", paragraphs[3]], &["Imprint"]);
            }
        }
        let [first, second, third, fourth] = paragraphs;
        for class in ["ad", "related", "newsletter"] {
            let text = format!("<h1>A</h1><p>{first}</p><p>{second}</p><p>{third}</p>");
            let end = format!("<h4>{fourth}</h4><h4>Next</h4><div class={class}><p>One more</p></div>");
            holds(&page(&format!("<article>{text}{end}</article>")), &[third, fourth], &["Next", "One more"]);
        }
    }
}

#[test]
fn what_is_told_about_the_author_goes_and_the_name_stays() {
    for paragraphs in ALL {
        let [first, second, third, fourth] = paragraphs;
        for (class, id) in
            [("author-box", ""), ("author_description", ""), ("", "author-bio"), ("post-about-author", "")]
        {
            let name = "<p class=author-info>Vera Hafen</p>";
            let about = format!("<div class='{class}' id='{id}'><p>{fourth}</p></div>");
            let text = format!("<p>{first}</p><p>{second}</p><p>{third}</p>").repeat(2);
            for body in [
                format!("<article><h1>A</h1>{name}{text}{about}</article>"),
                format!("<main><h1>A</h1><div>{name}{text}</div>{about}</main>"),
            ] {
                holds(&page(&body), &["Vera Hafen", first, third], &[fourth]);
            }
            // Where the page tells of nothing else, that is its text.
            let text = [second, third, fourth].map(|text| format!("<p>{text}</p>")).concat();
            holds(
                &page(&format!("<h1>A</h1><div class='{class}' id='{id}'>{text}</div>")),
                &[second, fourth],
                &["Imprint"],
            );
        }
    }
}

#[test]
fn controls_and_the_line_of_the_owner_are_no_text() {
    for paragraphs in ALL {
        for part in [
            "<p><a href='#'>Nach oben 위로</a></p>",
            "<div><a href='#top'>Nach oben 위로</a></div>",
            "<div class=entry-tools><a href=/p>Nach oben 위로</a></div>",
            "<a id=link-print href=/p>Nach oben 위로</a>",
            "<div class=jp-relatedposts><h3>Nach oben 위로</h3><p>Short.</p></div>",
        ] {
            for article in articles(&paragraphs, part) {
                holds(&article, &paragraphs, &["Nach oben 위로"]);
            }
        }
        // A link to the top inside a sentence is a part of it.
        for article in articles(&paragraphs, "<p>See <a href='#'>the table above</a>, which says more.</p>") {
            holds(&article, &["the table above"], &["Imprint"]);
        }
        let text = paragraphs.map(|text| format!("<p>{text}</p>")).concat();
        for owner in [
            "© 2026 Example Press, all rights reserved, in every port and on every ship of it.",
            "Copyright © 2026 Пресса, все права защищены, перепечатка только с согласия редакции.",
        ] {
            holds(&page(&format!("<article><h1>A</h1>{text}<p>{owner}</p></article>")), &paragraphs, &[owner]);
            holds(&page(&format!("<article><h1>A</h1><p>{owner}</p>{text}</article>")), &[owner], &["Imprint"]);
        }
    }
}

#[test]
fn a_side_bar_that_is_longer_than_the_text_goes_when_it_is_a_list_of_links() {
    for paragraphs in ALL {
        let names: String =
            (0..500).map(|n| format!("<li><a href=/{n}>Singer number {n}</a> ({n} songs)</li>")).collect();
        let text = paragraphs.map(|text| format!("<p>{text}</p>")).concat();
        for bar in [
            format!("<aside><ul>{names}</ul></aside>"),
            format!("<div class=sidebar><ul>{names}</ul></div>"),
            format!("<div role=complementary><div>{names}</div></div>"),
        ] {
            holds(&page(&format!("<div class=post><h1>A</h1>{text}</div>{bar}")), &paragraphs, &["Singer number 7"]);
        }
    }
}

#[test]
fn parts_of_a_text_that_a_builder_names_alone_are_kept() {
    for [first, second, third, fourth] in ALL {
        let part = |n: u32, text: &str| {
            format!(
                "<section class='el el-{n:06x} el-boxed el-height el-section el-inner'><div class='el el-{:06x} widget widget-text'>\
                 <div class=widget-holder>{text}</div></div></section>",
                n * 77
            )
        };
        let parts = [
            part(1_001, "<h2>Heute</h2>"),
            part(20_002, &format!("<p>{first}</p><p>{second}</p>")),
            part(30_003, "<h2>게시</h2>"),
            part(40_004, &format!("<p>{third}</p><p>{fourth}</p>")),
            part(50_005, "<p>Ohrring: Leaf</p><p>Серьга: Zoe</p>"),
        ]
        .concat();
        for body in [
            format!("<div class=builder>{parts}</div>"),
            format!("<main><div><h1>A</h1><div>{parts}</div></div></main>"),
        ] {
            holds(&page(&body), &["Heute", first, "게시", fourth, "Ohrring: Leaf", "Серьга: Zoe"], &["Imprint"]);
        }
    }
}

#[test]
fn a_headed_part_of_main_that_leads_nowhere_else_is_kept() {
    for [first, second, third, fourth] in ALL {
        let items = "<li>Wide use of tools that are there already<li>Длинная разведка без спешки<li>항만 장비";
        let lists =
            ["Skills", "Цели", "영향"].map(|title| format!("<div><h2>{title}</h2><ul>{items}</ul></div>")).concat();
        let text = [first, second, third, fourth].map(|text| format!("<p>{text}</p>")).concat();
        for (above, below) in [("row", "columns"), ("one", "two 7030"), ("text", "facts")] {
            let body = |holder: &str, more: &str| {
                page(&format!(
                    "<{holder}><div class='{above}'><div><h1>A</h1>{text}</div></div><div class='{below}'><div>{lists}</div></div>{more}</{holder}>"
                ))
            };
            let cards = ["One", "Two", "Three"].map(|title| format!("<div><h3><a href=/{title}>{title} other story</a></h3><p>Short words on it, and a few more of them.</p></div>")).concat();
            let cards = format!("<div class=cards>{cards}</div>");
            holds(&body("main", &cards), &[first, "Skills", "Цели", "영향"], &["Two other story"]);
        }
    }
}

#[test]
fn a_page_with_all_of_that_is_whole_when_it_is_asked_for() {
    let article = &articles(&ENGLISH, "<p><a href='#'>Up</a></p>")[0];
    assert!(whole(article).text.contains("Up") && !main_text(article).text.contains("Up"));
    assert!(main_text(&page(&format!("<article><h1>A</h1><p>{PROSE}</p></article>"))).text.contains(PROSE));
}
