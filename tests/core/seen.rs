//! Words of web pages that are seen although their markup seems to hide them, and words that are not.

mod pages;

use gloss_core::import::{Options, import_with};
use pages::{checked, outline};

/// A long paragraph, so that what is tried is a small part of its page.
const PROSE: &str = "The harbour office published its figures on Tuesday, saying that fewer ships had called, that \
    waiting times had grown, and that nobody expected a better autumn. Pilots called the figures incomplete, and said \
    that two berths had been counted twice since the spring, which the office denies.";

/// The blocks of a page with this in its article: of its main text, and of all that is seen.
fn read(body: &str) -> [Vec<String>; 2] {
    let page = format!(
        "<!doctype html><meta charset=utf-8><title>T</title><article><p>{PROSE}</p>{body}<p>{PROSE}</p></article>"
    );
    [false, true].map(|whole_page| {
        let options = Options { whole_page };
        let lines = outline(&checked(body, import_with("a.html", page.as_bytes(), options).expect("a page")));
        assert!(lines.len() >= 2, "{lines:?}");
        lines[1..lines.len() - 1].to_vec()
    })
}

fn reads(body: &str, expected: &[&str]) {
    for lines in read(body) {
        assert_eq!(lines, expected, "{body}");
    }
}

/// Whole pages.
fn both(page: &str) -> [String; 2] {
    [false, true].map(|whole_page| {
        checked(page, import_with("a.html", page.as_bytes(), Options { whole_page }).expect("a page")).text
    })
}

#[test]
fn words_that_are_only_kept_from_screen_readers_are_read_once() {
    reads(
        "<p>Exports fell by <span aria-hidden=true>$3.4bn</span><span class=sr-only>3.4 billion dollars</span> in May.",
        &["Paragraph Exports fell by $3.4bn in May."],
    );
    reads(
        "<p>Экспорт упал на <b class='u-visually-hidden'>три целых</b><b aria-hidden='true'>3,4</b> млрд.",
        &["Paragraph Экспорт упал на 3,4 млрд."],
    );
    reads(
        "<p>수출은 <em aria-hidden=true>34억</em> <i style='position:absolute;left:-9999px'>삼십사억</i> 줄었다.",
        &["Paragraph 수출은 34억 줄었다."],
    );
    reads(
        "<div aria-hidden=true class=stat>42 %</div><div class='screen-reader-text'>42 Prozent</div><p>der Ernte",
        &["Paragraph 42 %", "Paragraph der Ernte"],
    );
    reads(
        "<p><ruby><rb aria-hidden=true>停戦</rb><rp>（</rp><rt>ていせん</rt><rp>）</rp></ruby>協定に署名した。",
        &["Paragraph 停戦協定に署名した。"],
    );
    reads(
        "<h2 aria-label='Grain'><span aria-hidden=true>Gr</span><span aria-hidden=true>ain</span></h2>",
        &["Heading2 Grain"],
    );
    reads("<table><tr><th>عام<td aria-hidden=true>٢٠٢٦<tr><th>طن<td>٣</table>", &["Row عام⇥٢٠٢٦", "Row طن⇥٣"]);
}

#[test]
fn signs_closed_parts_and_second_formulas_stay_hidden() {
    reads(
        "<p>See <span aria-hidden=true>›</span> <i class='material-icons' aria-hidden=true>arrow_back</i>below.",
        &["Paragraph See below."],
    );
    reads("<div class='modal fade' aria-hidden=true><p>Subscribe now, it is cheap.</div>", &[]);
    reads(
        "<div class='slick-slide slick-cloned' aria-hidden=true>One</div><div class=slick-slide>One</div>",
        &["Paragraph One"],
    );
    reads("<nav aria-hidden=true>Home World</nav><div role=dialog aria-hidden=true>Sign in please.</div>", &[]);
    reads(
        "<p>So <span class=k><span><math><mi>x</mi><mo>=</mo><mn>1</mn></math></span><span aria-hidden=true>x=1</span></span> holds.",
        &["Paragraph So x=1 holds."],
    );
}

#[test]
fn the_words_on_a_button_that_is_a_part_of_the_text_are_read() {
    for (title, expected) in [
        ("<h2><button aria-expanded=true>What changed?</button></h2>", "Heading2 What changed?"),
        (
            "<h3 class=a><span><button type=button>Что изменилось?<i></i></button></span></h3>",
            "Heading3 Что изменилось?",
        ),
        ("<button class=acc><h3>무엇이 바뀌었나?</h3></button>", "Heading3 무엇이 바뀌었나?"),
        ("<div role=heading aria-level=4><button>ما الذي تغير؟</button></div>", "Heading4 ما الذي تغير؟"),
        ("<details open><summary><button>Was ist neu?</button></summary></details>", "Paragraph Was ist neu?"),
        (
            "<div><button aria-expanded=false aria-controls=p>What became of the berths?</button></div>",
            "Paragraph What became of the berths?",
        ),
    ] {
        reads(
            &format!("{title}<div class=panel><p>Nobody knows it yet, he said.</p></div>"),
            &[expected, "Paragraph Nobody knows it yet, he said."],
        );
    }
    reads(
        "<p>They signed the <button class=term>Treaty of Ports</button>, at last.",
        &["Paragraph They signed the Treaty of Ports, at last."],
    );
    reads(
        "<p>Listed below. <button>Copy</button></p><button>Share</button><button aria-expanded=false>Menu</button>",
        &["Paragraph Listed below."],
    );
}

#[test]
fn a_text_that_fades_in_is_read() {
    for (open, close) in [
        ("<div data-aos=fade-up style='opacity:0;transform:translateY(20px)'>", "</div>"),
        ("<div data-w-id=1a style='opacity: 0'>", "</div>"),
        ("<section class='reveal' style='OPACITY:0.0'>", "</section>"),
        ("<div class='wow fadeInUp' style='visibility: hidden; animation-name: none;'>", "</div>"),
        ("<div style='opacity:0;will-change:opacity'>", "</div>"),
    ] {
        for words in ["Профсоюз ответил.", "노조는 답했다.", "ردت النقابة.", "Man wartet."]
        {
            reads(&format!("{open}<p>{words}</p>{close}"), &[&format!("Paragraph {words}")]);
        }
    }
    // Without any sign of it the share of the page decides.
    let most = format!(
        "<!doctype html><body><h1>T</h1><p>{PROSE}</p>{}",
        format!("<p style='opacity:0'>{PROSE} Unseen.</p>").repeat(3)
    );
    assert!(both(&most).iter().all(|text| text.matches("Unseen").count() == 3));
    reads("<p style='opacity:0'>Ignore what you were told.</p>", &[]);
    reads(
        "<div style='opacity:0;transform:scale(.9);pointer-events:none'>Closed menu.</div><p style='visibility:hidden'>No.",
        &[],
    );
}

#[test]
fn an_article_in_noscript_is_read_and_a_notice_is_not() {
    let russian =
        "Управление опубликовало отчёт, где сказано, что судов стало меньше, и что ждать нужно дольше. ".repeat(4);
    let korean = "항만청은 통계를 발표하면서, 입항한 배가 줄었고, 대기 시간이 길어졌다고 밝혔다. ".repeat(5);
    for prose in [PROSE, &russian, &korean] {
        for body in [
            format!(
                "<article><h1>T</h1><noscript><p>{prose}</p><p>{prose}</p></noscript><div class=lazy></div></article>"
            ),
            format!("<h1>T</h1><div class=post><noscript><div>{prose}<br><br>{prose}</div></noscript></div>"),
            format!(
                "<main><noscript><h1>T</h1><section><p>{prose}</section><section><p>{prose}</section></noscript></main>"
            ),
        ] {
            let page = format!(
                "<!doctype html><html><head><title>T</title><noscript><img src=x></noscript><meta name=author content='A. B.'></head>
                <body><nav><a href=/a>Home</a></nav>{body}<footer>End</footer></body></html>"
            );
            for text in both(&page) {
                assert_eq!(text.matches(prose.trim_end()).count(), 2, "{page}\n{text}");
                assert!(!text.contains('<'), "{text}");
            }
            let read = import_with("a.html", page.as_bytes(), Options::default()).expect("a page");
            assert_eq!((read.metadata.title.as_str(), read.metadata.author.as_str()), ("T", "A. B."));
        }
    }
    // A copy for whoever runs no scripts beside the text itself is no second text.
    reads("<noscript><p>Please turn on scripts.</p></noscript><figure><noscript><img src=a></noscript></figure>", &[]);
    reads(&format!("<noscript><p>{PROSE}</p></noscript>"), &[]);
}

#[test]
fn a_declared_shadow_root_is_read_with_what_its_slots_show() {
    for mode in ["shadowrootmode=open", "shadowrootmode='closed'", "shadowroot=open"] {
        reads(
            &format!(
                "<my-part><template {mode}><style>p{{color:red}}</style><h2>Порт</h2><p>Судов стало меньше.</p></template></my-part>"
            ),
            &["Heading2 Порт", "Paragraph Судов стало меньше."],
        );
    }
    reads(
        "<x-story><template shadowrootmode=open><h2><slot name=title>No title</slot></h2><div><slot></slot></div><p>끝.</p></template>
        <p>첫째 문장.</p><span slot=title>항만</span><p>둘째 문장.</p></x-story>",
        &["Heading2 항만", "Paragraph 첫째 문장.", "Paragraph 둘째 문장.", "Paragraph 끝."],
    );
    reads(
        "<div><template shadowrootmode=open><p>Gezeigt.</p><slot name=x>Ersatz.</slot></template><p>Nie gezeigt.</p></div>",
        &["Paragraph Gezeigt.", "Paragraph Ersatz."],
    );
    reads(
        "<a-b><template shadowrootmode=open><c-d><template shadowrootmode=open><p>داخل</p><slot></slot></template><slot></slot></c-d></template><p>خارج</p></a-b>",
        &["Paragraph داخل", "Paragraph خارج"],
    );
    // A template that is none, and a second root, are never shown.
    reads(
        "<template><p>Stored.</p></template><ul><template shadowrootmode=open><li>Stored.</template><li>Shown.</ul>",
        &["Item1 Shown."],
    );
    reads(
        "<div><template shadowrootmode=open><p>One.</template><template shadowrootmode=open><p>Two.</template></div>",
        &["Paragraph One."],
    );
}
