//! Formulas as one line of signs that reads as it is meant: fractions with a stroke, powers raised, roots with their
//! sign, brackets where a part of several signs would run into its neighbour.
//!
//! MathML, as pages, books and ODT have it, and the markup of DOCX differ in names only. Deliberately absent: the
//! languages that programs keep beside them (TeX, StarMath), and how a formula is set.

use super::symbols;
use super::tree::Tree;
use super::xml::Element;

/// A part of a formula, in whatever tree it was read into.
trait Part: Sized {
    /// Its name without a prefix.
    fn name(&self) -> &str;
    /// The parts in it.
    fn parts(&self) -> Vec<Self>;
    /// The words of one that has no parts.
    fn words(&self) -> String;
    /// What it says of itself by this name: in an attribute, or in the properties that DOCX puts first.
    fn says(&self, name: &str) -> Option<String>;
}

impl Part for &Element<'_> {
    fn name(&self) -> &str {
        self.name
    }

    fn parts(&self) -> Vec<Self> {
        self.elements().filter(|part| !part.name.ends_with("Pr")).collect()
    }

    fn words(&self) -> String {
        self.text()
    }

    fn says(&self, name: &str) -> Option<String> {
        let properties = self.elements().find(|part| part.name.ends_with("Pr"));
        let property = properties.and_then(|properties| properties.first("m", name));
        let own = property.map(|property| property.attribute("m", "val").unwrap_or_default());
        own.or_else(|| self.attribute("", name)).map(str::to_owned)
    }
}

impl Part for (&Tree, usize) {
    fn name(&self) -> &str {
        self.0.name(self.1)
    }

    fn parts(&self) -> Vec<Self> {
        let (tree, node) = *self;
        tree.children(node).filter(|&part| !tree.name(part).is_empty()).map(|part| (tree, part)).collect()
    }

    fn words(&self) -> String {
        self.0.words(self.1)
    }

    fn says(&self, name: &str) -> Option<String> {
        self.0.attribute(self.1, name).map(str::to_owned)
    }
}

/// The formula in an element of an office document.
pub(super) fn of_element(element: &Element<'_>) -> String {
    spell(&element)
}

/// The formula at a node of a page.
pub(super) fn of_node(tree: &Tree, node: usize) -> String {
    spell(&(tree, node))
}

fn spell(part: &impl Part) -> String {
    let parts = part.parts();
    let row = |between: &str| parts.iter().map(spell).collect::<Vec<_>>().join(between);
    let at = |place: usize| parts.get(place).map(spell).unwrap_or_default();
    match part.name() {
        "annotation" | "annotation-xml" | "mphantom" | "del" | "moveFrom" => String::new(),
        "mtext" | "mi" | "mo" | "mn" | "ms" => part.words(),
        "mspace" => " ".into(),
        "semantics" => at(0),
        // Of a sign that only newer programs know, the last alternative is the one in plain characters.
        "AlternateContent" => parts.last().map(spell).unwrap_or_default(),
        "mfrac" | "f" => format!("{}/{}", closed(&at(0)), closed(&at(1))),
        "msup" | "sSup" => format!("{}{}", closed(&at(0)), beside(&at(1), true)),
        "msub" | "sSub" => format!("{}{}", closed(&at(0)), beside(&at(1), false)),
        "msubsup" | "sSubSup" | "munderover" => {
            format!("{}{}{}", closed(&at(0)), beside(&at(1), false), beside(&at(2), true))
        }
        "munder" | "limLow" => format!("{}{}", at(0), beside(&at(1), false)),
        "mover" | "limUpp" if at(1).contains(char::is_alphanumeric) => format!("{}{}", at(0), beside(&at(1), true)),
        "msqrt" => format!("√{}", closed(&row(""))),
        "mroot" => format!("{}√{}", at(1), closed(&at(0))),
        "rad" => format!("{}√{}", at(0), closed(&at(1))),
        "nary" => {
            let sign = part.says("chr").unwrap_or_else(|| "∫".into());
            format!("{sign}{}{} {}", beside(&at(0), false), beside(&at(1), true), at(2))
        }
        "mfenced" | "d" => {
            let says = |page: &str, office: &str, usual: &str| {
                part.says(page).or_else(|| part.says(office)).unwrap_or_else(|| usual.into())
            };
            format!("{}{}{}", says("open", "begChr", "("), row(", "), says("close", "endChr", ")"))
        }
        "mtable" | "m" | "eqArr" => row("; "),
        "mtr" | "mlabeledtr" | "mr" => row(" "),
        _ if parts.is_empty() => part.words(),
        _ => row(""),
    }
}

/// A part that stands by itself: in brackets when it has several signs, unless it has brackets or is one number or name.
fn closed(words: &str) -> String {
    let words = words.trim();
    let one = words.chars().count() < 2
        || words.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        || words.chars().all(char::is_alphabetic)
        || words.starts_with('(') && words.find(')') == Some(words.len() - 1);
    if one { words.to_owned() } else { format!("({words})") }
}

/// A part above the line or below it.
fn beside(words: &str, above: bool) -> String {
    let words = words.trim();
    match symbols::raised(words, above) {
        _ if words.is_empty() => String::new(),
        Some(raised) => raised,
        None => format!("{}{}", if above { '^' } else { '_' }, closed(words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markup: &str, expected: &str) {
        let tree = Tree::parse(&format!("<math>{markup}</math>"), false).expect("good markup");
        let root = (0..tree.nodes.len()).find(|&node| tree.name(node) == "math").expect("a formula");
        assert_eq!(of_node(&tree, root), expected);
        let source = format!("<math>{markup}</math>");
        let root = super::super::xml::parse(&source, &[]).expect("good markup");
        assert_eq!(of_element(&root), expected);
    }

    #[test]
    fn formulas_read_on_one_line() {
        check("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E=mc²");
        check("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>12</mn></mfrac>", "(a+b)/12");
        check("<msub><mi>x</mi><mrow><mi>i</mi><mo>+</mo><mn>1</mn></mrow></msub>", "x_(i+1)");
        check("<msubsup><mi>x</mi><mn>1</mn><mi>k</mi></msubsup>", "x₁^k");
        check("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt><mroot><mi>x</mi><mn>3</mn></mroot>", "√(a+b)3√x");
        check("<mtable><mtr><mtd>1</mtd><mtd>0</mtd></mtr><mtr><mtd>0</mtd><mtd>1</mtd></mtr></mtable>", "1 0; 0 1");
        check("<semantics><mi>x</mi><annotation>x tex</annotation></semantics>", "x");
        check("<mfenced><mi>a</mi><mi>b</mi></mfenced><mover><mi>x</mi><mo>¯</mo></mover>", "(a, b)x¯");
    }
}
