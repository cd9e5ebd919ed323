//! The same report in nine formats: a title, two parts, a note below, a page of its own for the second part, a table, and
//! a paragraph that is read from right to left. Each has of it what its format can say.

use gloss_sources::pdf::Font::{Bold, Plain};
use gloss_sources::pdf::{LEFT, Pdf, wrap};
use gloss_sources::{docx, epub, mhtml, odt};

/// The title of the report.
pub(crate) const TITLE: &str = "Ships and Grain";

/// The paragraph of the first part, with the call of the note at its end.
pub(crate) const FIRST: &str = "The harbour was closed for the winter and the ships lay at anchor, while the two governments \
    exchanged notes on the price of grain and on the right of passage through the strait. Nobody spoke of the cargo.";

/// The words of the note.
pub(crate) const NOTE: &str = "The notes were printed in the gazettes of that year, all of them in both languages.";

/// The paragraph of the second part.
pub(crate) const SECOND: &str = "The newspapers of both capitals printed what they were told, and the price of bread rose \
    twice before the ice had gone. Neither side would say how many hulls had been sold.";

/// A sentence of it.
pub(crate) const PASSAGE: &str = "Neither side would say how many hulls had been sold.";

/// The table, row by row.
pub(crate) const ROWS: [[&str; 3]; 3] =
    [["Year", "Hulls", "Tonnes"], ["2021", "twelve", "340,500"], ["2022", "seven", "120,250"]];

/// The paragraph from right to left.
pub(crate) const ARABIC: &str = "وصل النفط عبر البحر أمس ولم يعلق المسؤولون";

/// A file and what of the report can be expected of it.
pub(crate) struct Report {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its contents.
    pub(crate) bytes: Vec<u8>,
    /// Whether it can say what is a heading, a table and a note.
    pub(crate) structured: bool,
    /// The citation line of an export.
    pub(crate) cited: &'static str,
    /// What stands below the quote: the short citation, with the page or the paragraph.
    pub(crate) place: &'static str,
}

/// One of each format.
pub(crate) fn reports() -> Vec<Report> {
    const DATED: &str = "Eva Muster, *Ships and Grain*. 2024-03-05.";
    const SAVED: &str = "Eva Muster, *Ships and Grain*. 2024-03-05. <https://example.org/news/1>. Accessed 2026-11-03.";
    const UNDATED: &str = "Eva Muster, *Ships and Grain*.\n";
    const PRINTED: &str = "Eva Muster, *Ships and Grain*. House, 2021-03-04.";
    let report = |name, bytes, cited, place| Report { name, bytes, structured: true, cited, place };
    let plain = report("report.txt", plain().into_bytes(), "## Ships and Grain\n", "(*Ships and Grain* n.d., ¶ 3)");
    vec![
        Report { structured: false, ..plain },
        report("report.md", markdown().into_bytes(), DATED, "(Muster 2024, ¶ 5)"),
        report("report.html", page().into_bytes(), DATED, "(Muster 2024, ¶ 5)"),
        report("report.mhtml", mhtml::saved("base64", "utf-8", &page()), SAVED, "(Muster 2024, ¶ 5)"),
        report("report.docx", word(), UNDATED, "(Muster n.d., p. 2)"),
        report("report.odt", open(), UNDATED, "(Muster n.d., p. 2)"),
        report("report.rtf", rich().into_bytes(), UNDATED, "(Muster n.d., p. 2)"),
        report("report.epub", book(), PRINTED, "(Muster 2021, p. 12)"),
        report("report.pdf", paper(), UNDATED, "(Muster n.d., p. A-2)"),
    ]
}

fn rows(cell: impl Fn(&str) -> String, row: impl Fn(String) -> String) -> String {
    ROWS.iter().map(|cells| row(cells.iter().map(|words| cell(words)).collect())).collect()
}

fn plain() -> String {
    format!("{TITLE}\n\n{FIRST}\n\n{SECOND}\n\n{ARABIC}\n")
}

fn markdown() -> String {
    let table = rows(|cell| format!("| {cell} "), |row| format!("{row}|\n")).replacen('\n', "\n|---|---|---|\n", 1);
    format!(
        "---\nauthor: Muster, Eva\ndate: 2024-03-05\n---\n\n# {TITLE}\n\n## First part\n\n{FIRST}[^1]\n\n[^1]: {NOTE}\n\n\
         ## Second part\n\n{SECOND}\n\n{table}\n{ARABIC}\n"
    )
}

fn page() -> String {
    let table = rows(|cell| format!("<td>{cell}</td>"), |row| format!("<tr>{row}</tr>"));
    format!(
        "<!doctype html><html lang=en><head><title>{TITLE}</title><meta name=author content='Eva Muster'>\
         <meta property=article:published_time content=2024-03-05T10:00:00Z></head><body><nav><a href=/>Home</a> <a href=/news>News</a></nav>\
         <article><h1>{TITLE}</h1><h2>First part</h2><p>{FIRST}<sup><a href='#fn1' id=r1>1</a></sup></p><h2>Second part</h2><p>{SECOND}</p>\
         <table>{table}</table><p dir=rtl>{ARABIC}</p><ol><li id=fn1>{NOTE} <a href='#r1'>↩</a></ol></article></body></html>"
    )
}

fn word() -> Vec<u8> {
    let table =
        rows(|cell| format!("<w:tc><w:tcPr/>{}</w:tc>", docx::paragraph(cell)), |row| format!("<w:tr>{row}</w:tr>"));
    let note = r#"<w:r><w:footnoteReference w:id="4"/></w:r>"#;
    let body = [
        docx::styled("Titel", &docx::run(TITLE)),
        docx::styled("berschrift1", &docx::run("First part")),
        format!("<w:p>{}{note}</w:p>", docx::run(FIRST)),
        docx::styled("berschrift1", &format!(r#"<w:r><w:br w:type="page"/></w:r>{}"#, docx::run("Second part"))),
        docx::paragraph(SECOND),
        format!("<w:tbl>{table}</w:tbl>"),
        format!(r#"<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>{ARABIC}</w:t></w:r></w:p>"#),
    ];
    let notes = format!(
        r#"<w:footnotes {}><w:footnote w:id="4"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote></w:footnotes>"#,
        docx::WORD,
        docx::run(&format!(" {NOTE}"))
    );
    let core = format!(
        r#"<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title><dc:creator>Muster, Eva</dc:creator></c:coreProperties>"#
    );
    docx::docx_with(&body.concat(), &[("word/footnotes.xml", &notes), ("docProps/core.xml", &core)])
}

fn open() -> Vec<u8> {
    let table = rows(
        |cell| format!("<table:table-cell><text:p>{cell}</text:p></table:table-cell>"),
        |row| format!("<table:table-row>{row}</table:table-row>"),
    );
    let meta = format!(
        "<office:document-meta {}><office:meta><dc:title>{TITLE}</dc:title><meta:initial-creator>Eva Muster</meta:initial-creator></office:meta></office:document-meta>",
        odt::OPEN
    );
    let body = format!(
        r#"<text:p text:style-name="Title">{TITLE}</text:p><text:h text:outline-level="1">First part</text:h>
        <text:p>{FIRST}<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>{NOTE}</text:p></text:note-body></text:note></text:p>
        <text:h text:outline-level="1"><text:soft-page-break/>Second part</text:h><text:p>{SECOND}</text:p><table:table>{table}</table:table><text:p>{ARABIC}</text:p>"#
    );
    odt::odt_with(&body, &[("meta.xml", &meta)])
}

fn rich() -> String {
    let arabic: String = ARABIC.encode_utf16().map(|unit| format!("\\u{unit}?")).collect();
    let table = rows(
        |cell| format!("{cell}\\cell "),
        |row| format!("\\trowd\\cellx2000\\cellx4000\\cellx6000\\pard\\intbl {row}\\row\n"),
    );
    format!(
        r"{{\rtf1\ansi{{\stylesheet{{\s1 heading 1;}}{{\s2 heading 2;}}}}{{\info{{\title {TITLE}}}{{\author Muster, Eva}}}}
\pard\s1 {TITLE}\par\pard\s2 First part\par\pard\plain {FIRST}{{\super\chftn}}{{\footnote\pard {{\super\chftn}} {NOTE}}}\par\page
\pard\s2 Second part\par\pard\plain {SECOND}\par
{table}\pard\rtlpar {arabic}\par}}"
    )
}

fn book() -> Vec<u8> {
    let table = rows(|cell| format!("<td>{cell}</td>"), |row| format!("<tr>{row}</tr>"));
    let first = format!(
        r##"<h1>First part</h1><p>{FIRST}<a epub:type="noteref" href="#n">1</a></p><aside epub:type="footnote" id="n"><p>1 {NOTE}</p></aside>"##
    );
    let second = format!(
        r##"<h1><span epub:type="pagebreak" title="12"/>Second part</h1><p>{SECOND}</p><table>{table}</table><p dir="rtl">{ARABIC}</p>"##
    );
    let metadata = format!(
        "<dc:title>{TITLE}</dc:title><dc:creator>Eva Muster</dc:creator><dc:publisher>House</dc:publisher><dc:date>2021-03-04</dc:date>"
    );
    epub::book_with(&metadata, "", &[], &[("1.xhtml", &first), ("2.xhtml", &second)])
}

fn paper() -> Vec<u8> {
    let mut pdf = Pdf::default().page();
    pdf.info = format!("/Title ({TITLE}) /Author (Eva Muster) /CreationDate (D:20240305120000Z)");
    pdf.catalogue = "/PageLabels << /Nums [ 0 << /S /D /St 1 /P (A-) >> ] >>".into();
    pdf.put(LEFT, 740.0, 20.0, Bold, TITLE);
    pdf.put(LEFT, 700.0, 14.0, Bold, "First part");
    let lines = wrap(FIRST, 80);
    let below = pdf.lines(LEFT, 680.0, &lines);
    let end = LEFT + 5.0 * lines.last().map_or(0, |line| line.chars().count()) as f32;
    pdf.put(end, below + 16.0, 6.0, Plain, "1");
    pdf.put(LEFT, 80.0, 5.0, Plain, "1");
    let mut y = 77.0;
    for (line, words) in wrap(NOTE, 60).iter().enumerate() {
        pdf.put(LEFT + if line == 0 { 4.0 } else { 0.0 }, y, 8.0, Plain, words);
        y -= 10.0;
    }
    let mut pdf = pdf.page();
    pdf.put(LEFT, 740.0, 14.0, Bold, "Second part");
    let mut y = pdf.lines(LEFT, 720.0, &wrap(SECOND, 80)) - 12.0;
    for cells in ROWS {
        for (column, cell) in cells.iter().enumerate() {
            pdf.put(LEFT + 100.0 * column as f32, y, 10.0, Plain, cell);
        }
        y -= 12.0;
    }
    // As it is seen: from the left.
    let seen: String = ARABIC.chars().rev().collect();
    pdf.put(LEFT + 200.0, y - 24.0, 10.0, Plain, &seen);
    pdf.bytes()
}
