//! PDF files. Every character is half as wide as its type is high.

use Font::Plain;

/// Left margin of the made pages, in points.
pub const LEFT: f32 = 72.0;

/// How a piece of text is set.
#[derive(Clone, Copy)]
pub enum Font {
    /// Upright.
    Plain = 1,
    /// Heavy.
    Bold = 2,
    /// Slanted.
    Italic = 3,
}

/// A PDF in the making. `y` counts points from the bottom of a page of 612 by 792.
#[derive(Default)]
pub struct Pdf {
    pages: Vec<String>,
    /// Every character that was used; its code is its place.
    characters: Vec<String>,
    /// Entries of the information dictionary.
    pub info: String,
    /// More entries of the catalogue: page labels, actions.
    pub catalogue: String,
    /// More entries of every page: annotations.
    pub more: String,
    /// The XMP packet.
    pub packet: String,
    /// More entries of the trailer.
    pub trailer: String,
    /// By how many degrees the pages are turned.
    pub rotate: u32,
    /// Entries of every page's content that say how it is packed.
    pub packing: String,
    /// Packs the content of every page.
    pub pack: Option<fn(&str) -> String>,
    /// The length that the content of every page is said to have, in the place of its own.
    pub length: String,
    /// More objects; `object` tells their numbers.
    pub objects: Vec<String>,
}

impl Pdf {
    /// Begins a page.
    #[must_use]
    pub fn page(mut self) -> Self {
        self.pages.push(String::new());
        self
    }

    /// Puts a line on the page.
    pub fn put(&mut self, x: f32, y: f32, size: f32, font: Font, text: &str) {
        let codes = self.codes(text);
        self.show(x, y, size, font, "1 0 0 1", &codes);
    }

    /// Puts a line that goes upwards, as it stands on a page that is to be turned.
    pub fn put_upwards(&mut self, x: f32, y: f32, size: f32, text: &str) {
        let codes = self.codes(text);
        self.show(x, y, size, Plain, "0 1 -1 0", &codes);
    }

    /// A glyph that stands for several characters.
    pub fn put_glyph(&mut self, x: f32, y: f32, size: f32, characters: &str) {
        let code = format!("{:04x}", self.code(characters));
        self.show(x, y, size, Plain, "1 0 0 1", &code);
    }

    /// Puts a line under a matrix of four numbers, after operators such as those of spacing.
    pub fn put_as(&mut self, (x, y): (f32, f32), size: f32, matrix: &str, operators: &str, text: &str) {
        let codes = self.codes(text);
        self.draw(&format!("q {operators} BT /F1 {size} Tf {matrix} {x} {y} Tm <{codes}> Tj ET Q"));
    }

    /// Puts a line of glyphs that stand for several characters each, under a matrix.
    pub fn put_glyphs(&mut self, (x, y): (f32, f32), size: f32, matrix: &str, glyphs: &[&str]) {
        let codes: String = glyphs.iter().map(|glyph| format!("{:04x}", self.code(glyph))).collect();
        self.draw(&format!("BT /F1 {size} Tf {matrix} {x} {y} Tm <{codes}> Tj ET"));
    }

    /// Adds operators to the page.
    pub fn draw(&mut self, operators: &str) {
        let page = self.pages.last_mut().expect("a page");
        page.push_str(operators);
        page.push('\n');
    }

    /// The number of one of `objects`, once all pages are there.
    pub fn object(&self, at: usize) -> usize {
        7 + 2 * self.pages.len() + usize::from(!self.packet.is_empty()) + at
    }

    fn codes(&mut self, text: &str) -> String {
        text.chars().map(|c| format!("{:04x}", self.code(&c.to_string()))).collect()
    }

    fn show(&mut self, x: f32, y: f32, size: f32, font: Font, turned: &str, codes: &str) {
        let shown = format!("BT /F{} {size} Tf {turned} {x} {y} Tm <{codes}> Tj ET\n", font as u8);
        self.pages.last_mut().expect("a page").push_str(&shown);
    }

    fn code(&mut self, characters: &str) -> usize {
        let found = self.characters.iter().position(|other| other == characters);
        1 + found.unwrap_or_else(|| {
            self.characters.push(characters.to_owned());
            self.characters.len() - 1
        })
    }

    /// Lines of 10 points, 12 apart; gives back the baseline below them.
    pub fn lines(&mut self, x: f32, mut y: f32, lines: &[impl AsRef<str>]) -> f32 {
        for line in lines {
            self.put(x, y, 10.0, Plain, line.as_ref());
            y -= 12.0;
        }
        y
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let pages = self.pages.len();
        let first = 7;
        let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", first + 2 * page)).collect();
        let names: Vec<String> = self
            .characters
            .iter()
            .enumerate()
            .map(|(at, characters)| {
                let units: Vec<String> = characters.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
                format!("<{:04x}> <{}>\n", at + 1, units.concat())
            })
            .collect();
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName /X def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n",
        );
        for chunk in names.chunks(100) {
            map += &format!("{} beginbfchar\n{}endbfchar\n", chunk.len(), chunk.concat());
        }
        map += "endcmap end end\n";
        let font = |name: &str, flags: u32, at: usize| {
            format!(
                "<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /ToUnicode {} 0 R /DescendantFonts [ << /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags {flags} /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontBBox [0 -200 1000 800] >> >> ] >>",
                at
            )
        };
        let packet = first + 2 * pages;
        let mut objects = vec![
            format!(
                "<< /Type /Catalog /Pages 2 0 R {} {} >>",
                self.catalogue,
                if self.packet.is_empty() { String::new() } else { format!("/Metadata {packet} 0 R") }
            ),
            format!("<< /Type /Pages /Kids [ {} ] /Count {pages} >>", kids.join(" ")),
            font("Example-Regular", 4, 6),
            font("Example-Bold", 4 + 262_144, 6),
            font("Example-Italic", 4 + 64, 6),
            format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len() + 1),
        ];
        for (at, content) in self.pages.iter().enumerate() {
            objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate {} /Contents {} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> {} >>", self.rotate, first + 2 * at + 1, self.more));
            let content = self.pack.map_or_else(|| content.clone(), |pack| pack(content));
            let length = if self.length.is_empty() { (content.len() + 1).to_string() } else { self.length.clone() };
            objects.push(format!("<< /Length {length} {} >>\nstream\n{content}\nendstream", self.packing));
        }
        if !self.packet.is_empty() {
            objects.push(format!(
                "<< /Type /Metadata /Subtype /XML /Length {} >>\nstream\n{}\nendstream",
                self.packet.len() + 1,
                self.packet
            ));
        }
        objects.extend(self.objects.iter().cloned());
        let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut places = Vec::new();
        for (at, object) in objects.iter().enumerate() {
            places.push(file.len());
            file.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
        }
        let table = file.len();
        file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
        for place in &places {
            file.extend(format!("{place:010} 00000 n \n").bytes());
        }
        let info = if self.info.is_empty() { String::new() } else { format!("/Info << {} >>", self.info) };
        file.extend(
            format!(
                "trailer\n<< /Size {} /Root 1 0 R {info} {} >>\nstartxref\n{table}\n%%EOF\n",
                places.len() + 1,
                self.trailer
            )
            .bytes(),
        );
        file
    }
}

/// Breaks a text into lines of at most so many characters.
pub fn wrap(text: &str, characters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= characters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
