//! PDF files made in less usual ways: streams packed by reference, type of a negative size, text that is turned or
//! mirrored.

use gloss_core::import::{Refusal, import};
use gloss_sources::pdf::{LEFT, Pdf, wrap};

const TEXT: &str = "All vessels shall yield: the ministry published its review on Monday, and said that the exports of \
    grain had fallen, that the imports of machines had risen, and that the balance would improve by autumn.";
const OTHERS: [&str; 3] = [
    "Alle Schiffe sollen ausweichen: Das Amt legte am Montag seinen Bericht vor und erklärte, dass die Ausfuhr fiel.",
    "Все суда уступают дорогу: ведомство издало в понедельник обзор и сообщило, что вывоз зерна упал к осени.",
    "Όλα τα πλοία παραχωρούν: το γραφείο εξέδωσε τη Δευτέρα την έκθεσή του και είπε ότι οι εξαγωγές έπεσαν.",
];

fn text(pdf: &Pdf) -> String {
    import("a.pdf", &pdf.bytes()).map_or_else(|refusal| format!("{refusal:?}"), |imported| imported.text)
}

fn refusal(pdf: &Pdf) -> Refusal {
    import("a.pdf", &pdf.bytes()).expect_err("should have been refused")
}

/// A file of a page with the text.
fn plain(shown: &str) -> Pdf {
    let mut pdf = Pdf::default().page();
    pdf.lines(LEFT, 700.0, &wrap(shown, 70));
    pdf
}

/// Writes bytes in hexadecimal digits, as the filter `ASCIIHexDecode` reads them.
fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>() + ">"
}

/// Packs bytes as `FlateDecode` reads them, without making them fewer, in hexadecimal digits.
fn deflated(bytes: &[u8]) -> String {
    let mut packed = vec![0x78, 0x01];
    let chunks: Vec<&[u8]> = bytes.chunks(60_000).collect();
    for (at, chunk) in chunks.iter().enumerate() {
        packed.push(u8::from(at + 1 == chunks.len()));
        packed.extend((chunk.len() as u16).to_le_bytes());
        packed.extend((!(chunk.len() as u16)).to_le_bytes());
        packed.extend(*chunk);
    }
    let (low, high) = bytes.iter().fold((1_u32, 0_u32), |(low, high), &byte| {
        let low = (low + u32::from(byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    packed.extend(((high << 16) | low).to_be_bytes());
    hexadecimal(&packed)
}

/// Rows of ten bytes, each with the sign of the predictor before it.
fn in_rows(content: &str) -> String {
    let mut bytes = content.as_bytes().to_vec();
    bytes.resize(bytes.len().div_ceil(10) * 10, b' ');
    deflated(&bytes.chunks(10).flat_map(|row| [&[0][..], row].concat()).collect::<Vec<u8>>())
}

#[test]
fn filters_named_by_reference_are_found() {
    for shown in [TEXT, OTHERS[0], OTHERS[1], OTHERS[2]] {
        let check = |packing: &str, objects: &[&str], pack: fn(&str) -> String| {
            let mut pdf = plain(shown);
            let first = pdf.object(0);
            let number = |at: usize| format!("{} 0 R", first + at);
            pdf.packing = packing.replace("#0", &number(0)).replace("#1", &number(1)).replace("#2", &number(2));
            pdf.objects =
                objects.iter().map(|object| object.replace("#1", &number(1)).replace("#2", &number(2))).collect();
            pdf.pack = Some(pack);
            assert_eq!(text(&pdf), shown, "{packing}");
        };
        let hex: fn(&str) -> String = |content| hexadecimal(content.as_bytes());
        let flate: fn(&str) -> String = |content| deflated(content.as_bytes());
        check("/Filter /ASCIIHexDecode", &[], hex);
        check("/Filter #0", &["/ASCIIHexDecode"], hex);
        check("/Filter % of a kind\n #0", &["/AHx"], hex);
        check("/Filter [ #0 ]", &["/ASCIIHexDecode"], hex);
        check("/Filter #0", &["[ /ASCIIHexDecode ]"], hex);
        check("/Filter #0", &["[ #1 #2 ]", "/ASCIIHexDecode", "/FlateDecode"], flate);
        check("/Filter [ /ASCIIHexDecode #0 ]", &["/FlateDecode"], flate);
        check(
            "/Filter [ /ASCIIHexDecode /FlateDecode ] /DecodeParms [ null #0 ]",
            &["<< /Predictor 12 /Columns 10 >>"],
            in_rows,
        );
        check(
            "/Filter [ /ASCIIHexDecode /FlateDecode ] /DecodeParms #0",
            &["[ null << /Predictor #1 /Columns #2 >> ]", "12", "10"],
            in_rows,
        );
    }
}

#[test]
fn a_filter_that_cannot_be_found_is_a_damaged_file_and_no_picture() {
    for (packing, objects) in [
        ("/Filter 9999 0 R", &[][..]),
        ("/Filter [ 9999 0 R ]", &[]),
        ("/Filter #0", &["(text)"]),
        ("/Filter #0", &["#0"]),
        ("/Filter #0", &["/NoFilterOfThisName"]),
    ] {
        let mut pdf = plain(TEXT);
        let number = format!("{} 0 R", pdf.object(0));
        pdf.packing = packing.replace("#0", &number);
        pdf.objects = objects.iter().map(|object| object.replace("#0", &number)).collect();
        pdf.pack = Some(|content| hexadecimal(content.as_bytes()));
        assert!(matches!(refusal(&pdf), Refusal::Damaged { .. }), "{packing} {objects:?}: {:?}", refusal(&pdf));
    }
}

#[test]
fn a_length_by_reference_is_the_length_of_the_stream() {
    let mut pdf = plain("The word in this line ends a stream of a file:");
    pdf.draw("% endstream\n");
    pdf.lines(LEFT, 650.0, &["Nothing of the page may be lost after it."]);
    pdf.objects = vec![String::new()];
    pdf.length = format!("{} 0 R", pdf.object(0));
    // The length is known once the content is: the file is made twice.
    let once = String::from_utf8_lossy(&pdf.bytes()).into_owned();
    let content = once.split("stream\n").find(|part| part.contains("% end")).map(str::len).expect("a content");
    let rest = once.split("% endstream\n").nth(1).and_then(|rest| rest.split("\nendstream").next()).expect("a rest");
    pdf.objects = vec![(content + "stream\n".len() + rest.len()).to_string()];
    assert!(text(&pdf).contains("Nothing of the page may be lost after it."), "{}", text(&pdf));
}

/// Draws the lines of a text, from the top of the page down or as the step says, each under a matrix.
fn drawn(shown: &str, size: f32, matrix: &str, from: (f32, f32), step: (f32, f32)) -> Pdf {
    let mut pdf = Pdf::default().page();
    for (at, line) in wrap(shown, 60).iter().enumerate() {
        let place = (from.0 + step.0 * at as f32, from.1 + step.1 * at as f32);
        pdf.put_as(place, size, matrix, "", line);
    }
    pdf
}

#[test]
fn type_of_a_negative_size_is_read() {
    for shown in [TEXT, OTHERS[0], OTHERS[1], OTHERS[2]] {
        // Upright: the matrix turns round what the size turned round.
        assert_eq!(text(&drawn(shown, -10.0, "-1 0 0 -1", (72.0, 700.0), (0.0, -12.0))), shown);
        // Upside down.
        assert_eq!(text(&drawn(shown, -10.0, "1 0 0 1", (540.0, 100.0), (0.0, 12.0))), shown);
        assert_eq!(text(&drawn(shown, 10.0, "-1 0 0 -1", (540.0, 100.0), (0.0, 12.0))), shown);
        // Mirrored, from right to left.
        assert_eq!(text(&drawn(shown, -10.0, "1 0 0 -1", (540.0, 700.0), (0.0, -12.0))), shown);
        assert_eq!(text(&drawn(shown, 10.0, "-1 0 0 1", (540.0, 700.0), (0.0, -12.0))), shown);
        // Letters that hang, on lines that go down the page.
        assert_eq!(text(&drawn(shown, 10.0, "1 0 0 -1", (72.0, 700.0), (0.0, -12.0))), shown);
        // Turned by a quarter.
        assert_eq!(text(&drawn(shown, -10.0, "0 -1 1 0", (100.0, 100.0), (12.0, 0.0))), shown);
        assert_eq!(text(&drawn(shown, -10.0, "0 1 -1 0", (500.0, 700.0), (-12.0, 0.0))), shown);
        // Scaled by the matrix.
        assert_eq!(text(&drawn(shown, -1.0, "-10 0 0 -10", (72.0, 700.0), (0.0, -12.0))), shown);
    }
    let mut mixed = plain(TEXT);
    mixed.put_as((LEFT, 600.0), -10.0, "-1 0 0 -1", "", "A line of a negative size stands below it.");
    assert_eq!(text(&mixed), format!("{TEXT}\n\nA line of a negative size stands below it."));
}

#[test]
fn turned_text_loses_no_letter_however_small_it_is() {
    for shown in [TEXT, OTHERS[0], OTHERS[1], OTHERS[2]] {
        for (size, step) in [(3.0, 4.0), (6.0, 7.0), (10.0, 12.0)] {
            assert_eq!(text(&drawn(shown, size, "0 1 -1 0", (100.0, 100.0), (step, 0.0))), shown, "upwards, {size}");
            assert_eq!(text(&drawn(shown, size, "0 -1 1 0", (500.0, 700.0), (-step, 0.0))), shown, "downwards, {size}");
        }
    }
    // Glyphs that stand for several letters keep them in their order, in whatever direction they are read.
    for (size, matrix) in [
        (10.0, "1 0 0 1"),
        (10.0, "0 1 -1 0"),
        (10.0, "-1 0 0 -1"),
        (10.0, "0 -1 1 0"),
        (-10.0, "-1 0 0 -1"),
        (-10.0, "1 0 0 1"),
        (-10.0, "1 0 0 -1"),
        (10.0, "0.7071 0.7071 -0.7071 0.7071"),
    ] {
        let mut pdf = Pdf::default().page();
        pdf.put_glyphs((300.0, 400.0), size, matrix, &["a", "ffi", "x", " ", "m", "ill", "s"]);
        assert_eq!(text(&pdf), "affix mills", "{size} {matrix}");
    }
}

#[test]
fn words_of_turned_text_are_parted_where_no_space_is_drawn() {
    for (matrix, step) in [("0 1 -1 0", 1.0), ("0 -1 1 0", -1.0)] {
        let mut pdf = Pdf::default().page();
        let mut y = 400.0;
        for word in ["ill", "will", "stills", "mills"] {
            pdf.put_as((300.0, y), 10.0, matrix, "", word);
            y += step * (5.0 * word.len() as f32 + 2.5);
        }
        assert_eq!(text(&pdf), "ill will stills mills", "{matrix}");
    }
}

#[test]
fn a_page_that_is_turned_holds_turned_text_of_its_own() {
    for shown in [TEXT, OTHERS[1]] {
        let mut pdf = Pdf::default().page();
        pdf.rotate = 270;
        for (at, line) in wrap(shown, 60).iter().enumerate() {
            pdf.put_as((500.0 - 12.0 * at as f32, 700.0), 10.0, "0 -1 1 0", "", line);
        }
        pdf.put_as((LEFT, 60.0), 10.0, "1 0 0 1", "", "This runs along the side.");
        assert_eq!(text(&pdf), format!("{shown}\n\nThis runs along the side."));
    }
}

#[test]
fn a_part_of_a_page_that_cannot_be_unpacked_refuses_the_file() {
    let mut pdf = plain(TEXT);
    let page = pdf.object(0);
    pdf.objects = vec!["<< /Length 4 /Filter /NoFilterOfThisName >>\nstream\nabcd\nendstream".into()];
    pdf.more = format!("/Contents [ 8 0 R {page} 0 R ]");
    assert!(matches!(refusal(&pdf), Refusal::Damaged { .. }));
}
