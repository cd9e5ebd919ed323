//! OpenDocument texts, with styles and lists that paragraphs can use.

use crate::archive;

/// The namespaces of each part.
pub const OPEN: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/""#;

/// A document of these paragraphs.
pub fn odt(body: &str) -> Vec<u8> {
    odt_with(body, &[])
}

/// A document of these paragraphs with more parts, or others in place of its own. The styles `B` (bold), `I` (italic),
/// `Quoted` and `Broken` (a page begins) and the lists `L` (numbers) and `D` (dots) are there to be used.
pub fn odt_with(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let automatic = r#"<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
        <style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
        <style:style style:name="Quoted" style:family="paragraph" style:parent-style-name="Quotations"/>
        <style:style style:name="Broken" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
        <text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
        <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="2"/></text:list-style>
        <text:list-style style:name="D"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>"#;
    let content = format!(
        "<office:document-content {OPEN}><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let meta = format!(
        "<office:document-meta {OPEN}><office:meta><dc:title>An essay</dc:title><meta:initial-creator>Ada</meta:initial-creator><dc:creator>Bob</dc:creator></office:meta></office:document-meta>"
    );
    let styles = format!(
        r#"<office:document-styles {OPEN}><office:styles><style:default-style style:family="paragraph"><style:text-properties fo:language="de" fo:country="AT"/></style:default-style></office:styles></office:document-styles>"#
    );
    let mut parts = vec![
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_str()),
        ("meta.xml", &meta),
        ("styles.xml", &styles),
    ];
    parts.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    parts.extend_from_slice(more);
    archive(&parts)
}
