//! Word documents, with styles, numbering, footnotes, an endnote and links that paragraphs can use.

use crate::archive;

/// The namespaces of the main part.
pub const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#;

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="s" Type="http://x/styles" Target="styles.xml"/><Relationship Id="n" Type="http://x/numbering" Target="numbering.xml"/>
<Relationship Id="f" Type="http://x/footnotes" Target="footnotes.xml"/><Relationship Id="e" Type="http://x/endnotes" Target="endnotes.xml"/>
<Relationship Id="web" Type="http://x/hyperlink" Target="https://example.org/a?b=1&amp;c=2" TargetMode="External"/>
<Relationship Id="bad" Type="http://x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/></Relationships>"#;

const STYLES: &str = r#"
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB" w:eastAsia="ko-KR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Outlined"/></w:style>
<w:style w:type="paragraph" w:styleId="Outlined"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Pre"><w:name w:val="HTML Preformatted"/></w:style>
<w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="List Number"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>"#;

const NUMBERING: &str = r#"
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#;

/// A document of these paragraphs.
pub fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

/// A document of these paragraphs with more parts, or others in place of its own. Footnotes 4 and 9, endnote 4, the links
/// `web` and `bad` and the styles of [`styled`] are there to be used.
pub fn docx_with(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let note = |kind: &str, id: &str, words: &str| {
        format!(
            r#"<w:{kind} w:id="{id}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> {words}</w:t></w:r></w:p></w:{kind}>"#
        )
    };
    let separator = r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>"#;
    let document = format!("<w:document {WORD}><w:body>{body}</w:body></w:document>");
    let styles = format!("<w:styles {WORD}>{STYLES}</w:styles>");
    let numbering = format!("<w:numbering {WORD}>{NUMBERING}</w:numbering>");
    let footnotes = format!(
        "<w:footnotes {WORD}>{separator}{}{}</w:footnotes>",
        note("footnote", "4", "First."),
        note("footnote", "9", "Second.")
    );
    let endnotes = format!("<w:endnotes {WORD}>{}</w:endnotes>", note("endnote", "4", "At the end."));
    let mut parts = vec![
        ("word/document.xml", document.as_str()),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/styles.xml", &styles),
        ("word/numbering.xml", &numbering),
        ("word/footnotes.xml", &footnotes),
        ("word/endnotes.xml", &endnotes),
    ];
    parts.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    parts.extend_from_slice(more);
    archive(&parts)
}

/// A paragraph of a style with the runs given as markup. Styles are called as a German Word calls them: `berschrift1`
/// is heading 1, `Titel` the title; `Outlined` is on the third level by its outline alone.
pub fn styled(style: &str, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>"#)
}

/// A run of words.
pub fn run(words: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{words}</w:t></w:r>"#)
}

/// A paragraph of words.
pub fn paragraph(words: &str) -> String {
    format!("<w:p>{}</w:p>", run(words))
}

/// An item of list 1 (numbers), 2 (bullets) or 3 (numbers from 5 on).
pub fn listed(list: u8, level: u8, words: &str) -> String {
    let list = format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#);
    format!("<w:p><w:pPr>{list}</w:pPr>{}</w:p>", run(words))
}
