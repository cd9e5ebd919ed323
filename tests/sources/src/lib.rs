//! Foreign files for tests: Word and OpenDocument texts, books, saved pages, PDF. Each is made here from a few lines of
//! markup, so that no binary file has to be trusted and a test shows what stands in its file. Deliberately absent: what
//! is read from them, and files that need no making (plain text, Markdown, HTML, RTF).

mod archive;
pub mod docx;
pub mod epub;
pub mod mhtml;
pub mod odt;
pub mod pdf;

pub use archive::archive;
