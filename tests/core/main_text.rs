//! The main text of web pages: which parts of a page it has, and how much of the page that is.

mod articles;
mod pages;

use articles::{ALL, ENGLISH, holds, main_text, page, whole};
use gloss_core::import::{Kept, import};
use gloss_core::text::count_words;
use gloss_sources::mhtml::saved;
use pages::PROSE;

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
