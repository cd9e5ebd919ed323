//! Everything that can be refused, as one enum with data. Each case has a code for programs and a sentence for
//! people: what happened, what was kept, what to do. Nobody matches on the sentence, and no sentence names a folder.

use serde::Serialize;
use ts_rs::TS;

/// What a refused call answers with.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ApiError {
    /// For programs.
    pub code: ErrorCode,
    /// A whole sentence: what happened, what was kept, what to do.
    pub message: String,
    /// The data of the case, where it has any.
    #[ts(type = "unknown")]
    pub detail: serde_json::Value,
}

/// Shorthand for a result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! errors {
    ($( $(#[$doc:meta])* $name:ident $({ $($field:ident: $kind:ty),* $(,)? })? => $text:literal; )*) => {
        /// A refused request. Each case says in its sentence what it means.
        #[allow(missing_docs, reason = "the sentence of a case says what it means")]
        #[derive(Debug, thiserror::Error)]
        pub enum Error {
            $( $(#[$doc])* #[error($text)] $name $({ $($field: $kind),* })?, )*
        }

        /// The code of an [`Error`], one for each case.
        #[allow(missing_docs, reason = "the sentence of a case says what it means")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode { $( $(#[$doc])* $name, )* }

        /// Every code, in the order of the list.
        pub const CODES: &[ErrorCode] = &[$(ErrorCode::$name),*];

        impl Error {
            /// The code of this case.
            pub fn code(&self) -> ErrorCode {
                match self { $( Error::$name $({ $($field: _),* })? => ErrorCode::$name, )* }
            }

            /// The data of this case; null when there is none.
            fn detail(&self) -> serde_json::Value {
                match self { $( Error::$name $({ $($field),* })? => errors!(@detail $($($field),*)?), )* }
            }
        }
    };
    (@detail) => { serde_json::Value::Null };
    (@detail $($field:ident),+) => { serde_json::json!({ $( stringify!($field): $field ),+ }) };
}

errors! {
    /// A name that is not in the list of commands.
    UnknownCommand { name: String } => "There is no command “{name}”. Nothing was changed.";
    /// Arguments of the wrong shape.
    Arguments { reason: String } => "The request could not be read: {reason}. Nothing was changed.";
    /// A fault of the program itself.
    Bug { reason: String } => "Something went wrong inside Gloss ({reason}). Nothing was changed by this request; everything saved before is kept. Please report it.";

    DocumentUnknown { id: String } => "There is no document {id} in this project. Nothing was changed. Look at the list of documents: it may have been removed.";
    HighlightUnknown { id: String } => "There is no highlight {id} in this project. Nothing was changed. It may have been removed; undo brings it back.";
    VersionUnknown { id: String } => "There is no version {id} in this project. Nothing was changed. Look at the list of the document's versions: undo may have taken it back.";
    TagUnknown { id: String } => "There is no tag {id} in this project. Nothing was changed. Create it first, or look at the list of tags.";
    RelationUnknown { id: String } => "There is no relation {id} in this project. Nothing was changed. Create it first, or look at the list of relations.";
    LinkUnknown { id: String } => "There is no link {id} in this project. Nothing was changed. It may have been removed; undo brings it back.";

    TextDamaged { reason: String } => "The text of this document is damaged ({reason}). It is not shown, because highlights would stand at wrong words; everything else is. Keep the project file, and look for the text in your newest copy.";

    TagNameEmpty => "A tag needs a name. Nothing was changed.";
    TagNameTaken { name: String } => "There is a tag named “{name}” already. Nothing was changed. Choose another name, or merge the two tags.";
    TagKeyInvalid { key: String } => "“{key}” cannot be a tag's key: it must be one letter or digit. Nothing was changed.";
    TagKeyTaken { key: String, by: String } => "The key “{key}” is taken by {by}. Nothing was changed. Choose another key.";
    TagCycle { name: String } => "“{name}” cannot be put under itself or under one of its own children. Nothing was changed.";
    TagColourInvalid { colour: String } => "“{colour}” is not a colour: write it as #RRGGBB. Nothing was changed.";
    TagMergeSelf { name: String } => "“{name}” cannot be merged into itself. Nothing was changed. Choose two tags.";

    PlaceLost { quote: String } => "“{quote}” has no place in the current text, so there is none to confirm. Nothing was changed. Choose its place first, or remove the highlight.";

    LinkToItself => "A highlight cannot be linked to itself. Nothing was changed. Pick another passage.";
    RelationLabelEmpty => "A relation needs a label. Nothing was changed.";

    OffsetOutOfRange { start: u32, end: u32, length: u32 } => "The range {start}–{end} lies outside the text, which has {length} characters. Nothing was changed.";
    OffsetInsideGrapheme { offset: u32 } => "The position {offset} lies inside a character that is made of several code points. Nothing was changed. Move it to the character's edge.";
    RangeEmpty => "The range holds no text. Nothing was changed. Select at least one character that is not white space.";
    QuoteNotFound { quote: String } => "“{quote}” does not occur in the text. Nothing was changed. Copy the passage exactly as it stands there.";
    QuoteAmbiguous { quote: String, occurrences: u32 } => "“{quote}” occurs {occurrences} times in the text. Nothing was changed. Say which one with --occurrence 1 to {occurrences}, or quote more of it.";
    QuoteOccurrence { quote: String, occurrence: u32, occurrences: u32 } => "“{quote}” occurs {occurrences} times, so there is no occurrence {occurrence}. Nothing was changed. Count from 1.";
    TextTooLong { limit: u32 } => "That is longer than {limit} characters. What was there before is kept. Shorten it.";

    ImportEmpty { name: String } => "“{name}” is empty. Nothing was imported. Choose a file with text in it.";
    ImportBinary { name: String } => "“{name}” is not a text file. Nothing was imported. Save it as plain text, Markdown, HTML, EPUB, PDF, DOCX, ODT or RTF and import that.";
    ImportTooLarge { name: String, bytes: u64, limit: u64 } => "“{name}” has {bytes} bytes; Gloss reads files of up to {limit}. Nothing was imported. Split it into parts.";
    ImportUndecodable { name: String, encoding: String } => "The characters of “{name}” could not be decoded (tried {encoding}). Nothing was imported. Get the file again, or open it in the program that made it and save it anew as UTF-8.";
    ImportMissing { name: String } => "“{name}” does not exist. Nothing was imported. Check the name.";
    ImportFolder { name: String } => "“{name}” is a folder. Nothing was imported. Choose the files in it.";
    ImportNothing { name: String } => "The folder “{name}” holds no file that Gloss reads. Nothing was imported from it. Choose another folder, or the files themselves.";
    ImportTooMany { name: String, limit: u32 } => "The folder “{name}” and those beside it hold more than {limit} files. Nothing was imported. Choose a smaller folder.";
    ImportUnreadable { name: String, reason: String } => "“{name}” could not be read ({reason}). Nothing was imported. Check that you may read it.";
    ImportDamaged { name: String, reason: String } => "“{name}” could not be read, because {reason}. Nothing was imported. Get the file again, or open it in the program that made it and save it anew.";
    ImportEncrypted { name: String } => "“{name}” is locked with a password. Nothing was imported. Save it without a password and import that.";
    ImportScanned { name: String } => "“{name}” holds pictures of pages and no text. Nothing was imported. Run it through a program that recognises text (OCR) and import the result.";
    ImportUnsafe { name: String, reason: String } => "“{name}” was refused, because {reason}. Nothing was imported. If you trust where it came from, open it in another program and save it anew.";
    ImportTookTooLong { name: String, seconds: u64 } => "“{name}” was not read to its end within {seconds} seconds. Nothing was imported. Split it into parts, or save it in another format and import that.";
    ImportTooMuch { name: String, mebibytes: u64 } => "Reading “{name}” needs more than {mebibytes} MiB of memory. Nothing was imported. Split it into parts, or save it in another format and import that.";
    ImportCrashed { name: String } => "The reader of “{name}” came to an end before the file did. Nothing was imported, and nothing else was touched. Open it in the program that made it and save it anew.";
    ImportStopped { name: String } => "Reading “{name}” was stopped. Nothing of it was imported. Import it again when there is time.";
    ImportNoReader { name: String, reason: String } => "“{name}” could not be read, because the program's reader could not be started ({reason}). Nothing was imported. Close Gloss, start it again and try once more.";
    ImportFormat { name: String, extension: String } => "Gloss does not read .{extension} files (“{name}”). Nothing was imported. Save it as plain text, Markdown, HTML, EPUB, PDF, DOCX, ODT or RTF and import that.";

    NothingLeftOut { title: String } => "The text of “{title}” is all that its file shows: nothing was left out. Nothing was changed.";

    KindUnknown { kind: String } => "“{kind}” is no kind of source that Gloss knows. Nothing was changed. Choose one from its list, such as report, speech or cable.";
    MetadataUnreadable { name: String, reason: String } => "“{name}” could not be understood as a list of sources, because {reason}. Nothing was changed. Give a file of CSL-JSON (.json), BibTeX (.bib) or RIS (.ris).";
    MetadataEmpty { name: String } => "“{name}” describes no source. Nothing was changed. Export the items again from the program that made it.";
    MetadataUnmatched { name: String, items: u32, files: u32 } => "“{name}” describes {items} sources, and it is not clear which of them belong to the {files} files. Nothing was imported. Give one source for each file, or cite each by its file's name.";

    MetadataAmbiguous { name: String, key: String, lines: String } => "“{name}” describes several sources as “{key}”, in lines {lines}. Nothing was imported. Say which one with --reference and its line, or give each a key of its own.";
    MetadataUnknown { name: String, reference: String } => "“{name}” describes no source “{reference}”. Nothing was imported. Name it by its key, or by the line in which it begins.";

    NothingToUndo => "There is nothing to undo.";
    NothingToRedo => "There is nothing to redo.";
    UndoConflict { label: String } => "“{label}” could not be taken back, because what it changed has changed since. Nothing was changed. Run a check of the project.";

    QueryInvalid { reason: String, part: String, start: u32, end: u32 } => "The search could not be understood at “{part}”: {reason}.";

    ProjectMissing { name: String } => "There is no project “{name}”. Nothing was made. Check the name; importing a document begins a project, and so does New project in the window.";
    /// The default project, which nobody named.
    LibraryMissing => "You have no library yet. Nothing was made. Import a document, or open the window, to begin it; or name another project with --project.";
    ProjectUnreadable { name: String, reason: String } => "The project “{name}” could not be opened ({reason}). The file was left as it is. Check that you may read it.";
    ProjectNotSqlite { name: String } => "“{name}” is not a Gloss project. The file was left as it is. Choose another file.";
    ProjectNotOurs { name: String } => "“{name}” is a database of another program. The file was left as it is. Choose a Gloss project.";
    ProjectNewer { name: String, version: i64, known: i64 } => "“{name}” was written by a newer Gloss (format {version}; this one knows {known}). The file was left as it is. Install the newer version.";
    ProjectReadOnly { name: String } => "“{name}” cannot be written. The file was left as it is. Check its permissions and its folder's, or make a copy.";
    ProjectLocked { name: String } => "“{name}” is in use by another program, which did not finish in time. Nothing was changed. Try again in a moment.";
    ProjectDamaged { name: String, reason: String } => "“{name}” is damaged ({reason}). The file was left as it is. Keep it, and open your newest copy.";
    /// Another file, or none, stands at the path of the open project.
    ProjectMoved { name: String } => "“{name}” was moved, replaced or removed by another program while it was open. This change was not written; everything before it is still open here. Make a copy to keep it, or open the project again.";
    /// Another program wrote into the file of the open project.
    ProjectOverwritten { name: String } => "“{name}” was overwritten by another program while it was open. Nothing was written to it, and what is shown here is not what it holds now. Open it again to go on with that; notes that are being typed are kept until then.";
    ProjectDiskFull { name: String } => "The disk is full, so “{name}” could not be opened for writing. The file was left as it is. It can be read and exported; make room, then open it again to change it.";
    ProjectExists { name: String } => "There is a file “{name}” already. It was left as it is. Choose another name.";

    ExportFolder { name: String } => "“{name}” is a folder. Nothing was written. Give a file name.";
    ExportNotWritable { name: String } => "“{name}” cannot be written. What was there before is kept. Choose another folder.";
    ExportDiskFull { name: String } => "The disk is full, so “{name}” was not written. What was there before is kept. Make room, or choose another disk.";
    ExportFailed { name: String, reason: String } => "“{name}” was not written ({reason}). What was there before is kept. Try again, or choose another folder.";

    DiskFull => "The disk is full. This change was not saved; everything before it is. Make room and do it again; a project that was opened while the disk was full must be opened again first.";
    /// The last step of a write failed: whether it is on the disk is not known.
    CommitFailed { reason: String } => "Writing this change failed at its last step ({reason}), so it may not have been saved; everything before it is. See whether it is there before you do it again.";
    /// A read failed.
    ReadFailed { reason: String } => "The project could not be read ({reason}). Nothing was changed. Try again; if it happens again, run a check of the project.";
    Storage { reason: String } => "The project could not be read or written ({reason}). This change was not saved; everything before it is. Try again; if it happens again, run a check of the project.";
}

impl Error {
    /// The error as the window and the command line receive it.
    pub fn api(&self) -> ApiError {
        ApiError { code: self.code(), message: self.to_string(), detail: self.detail() }
    }

    /// The error of a COMMIT. A full disk is known to have kept the change out; whether anything else did is not known.
    pub(crate) fn of_commit(error: rusqlite::Error) -> Error {
        match Error::from(error) {
            Error::Storage { reason } => Error::CommitFailed { reason },
            other => other,
        }
    }

    /// The same error while nothing was to be saved.
    pub(crate) fn of_reading(self) -> Error {
        match self {
            Error::Storage { reason } => Error::ReadFailed { reason },
            Error::DiskFull => Error::ReadFailed { reason: "the disk is full".into() },
            other => other,
        }
    }
}

/// Whether SQLite had no room: also for the index of its log, which it reports as a failure of the disk.
pub(crate) fn is_disk_full(error: &rusqlite::Error) -> bool {
    let rusqlite::Error::SqliteFailure(failure, _) = error else { return false };
    let index = [rusqlite::ffi::SQLITE_IOERR_SHMSIZE, rusqlite::ffi::SQLITE_IOERR_SHMOPEN];
    failure.code == rusqlite::ErrorCode::DiskFull || index.contains(&failure.extended_code)
}

/// Errors of SQLite while a project is open. Opening maps them itself, because it knows the file's name.
impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        match error.sqlite_error_code() {
            _ if is_disk_full(&error) => Error::DiskFull,
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
                Error::ProjectLocked { name: "The project".into() }
            }
            Some(rusqlite::ErrorCode::ReadOnly) => Error::ProjectReadOnly { name: "The project".into() },
            Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
                Error::ProjectDamaged { name: "The project".into(), reason: error.to_string() }
            }
            _ => Error::Storage { reason: error.to_string() },
        }
    }
}

/// The first 60 characters of a passage, for sentences and labels.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut folded = String::new();
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
        if folded.chars().count() > LONGEST {
            break;
        }
    }
    if folded.chars().count() <= LONGEST {
        return folded;
    }
    let mut short: String = folded.chars().take(LONGEST - 1).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}
