//! Pages as a browser saves them, with everything that belongs to them in one file.

use encoding_rs::EUC_KR;

/// A saved page as a browser writes it: its transfer encoding is `base64` or else quoted-printable, its charset `utf-8`
/// or `euc-kr`.
pub fn saved(transfer: &str, charset: &str, page: &str) -> Vec<u8> {
    let sent = match transfer {
        "base64" => {
            // The digits of base 64 for any bytes, without a library: three bytes become four digits.
            const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            let encoded = if charset == "euc-kr" { EUC_KR.encode(page).0.into_owned() } else { page.into() };
            let mut out = String::new();
            for chunk in encoded.chunks(3) {
                let bits =
                    chunk.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
                for digit in 0..4 {
                    let index = (bits >> (18 - 6 * digit) & 63) as usize;
                    out.push(if digit <= chunk.len() { DIGITS[index] as char } else { '=' });
                }
            }
            out
        }
        _ => page
            .bytes()
            .map(
                |byte| {
                    if byte.is_ascii() && byte != b'=' { (byte as char).to_string() } else { format!("={byte:02X}") }
                },
            )
            .collect(),
    };
    format!(
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/news/1\r\nSubject: T\r\n\
         Date: Tue, 3 Nov 2026 06:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\
         \tboundary=\"----Part--x\"\r\n\r\n\r\n------Part--x\r\nContent-Type: text/css\r\n\r\np{{}}\r\n\
         ------Part--x\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {transfer}\r\n\
         Content-Location: https://example.org/news/1\r\n\r\n{sent}\r\n------Part--x\r\nContent-Type: text/html\r\n\
         Content-Location: https://ads.example/\r\n\r\n<p>framed</p>\r\n------Part--x--\r\n"
    )
    .into_bytes()
}
