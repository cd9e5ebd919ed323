// Generated from the lists of commands by `cargo xtask contract`. Do not edit.

/**
 * How a highlight is tied to the current text.
 */
export type Anchor = { 
/**
 * How it came to be there.
 */
method: AnchorMethod, 
/**
 * 0 to 1; 1 for a passage that a person marked.
 */
score: number, 
/**
 * Whether a person made or confirmed it.
 */
confirmed: boolean, };

/**
 * How an anchor came to be where it is.
 */
export type AnchorMethod = "made" | "diff" | "quote" | "approximate" | "lost";

/**
 * What a refused call answers with.
 */
export type ApiError = { 
/**
 * For programs.
 */
code: ErrorCode, 
/**
 * A whole sentence: what happened, what was kept, what to do.
 */
message: string, 
/**
 * The data of the case, where it has any.
 */
detail: unknown, };

/**
 * [start, end, kind, level] in the caller's unit.
 */
export type Block = [number, number, BlockKind, number];

/**
 * What a block of text is.
 */
export type BlockKind = "paragraph" | "heading" | "item" | "quote" | "code" | "row" | "break" | "note";

/**
 * A place where a highlight may stand.
 */
export type Candidate = { 
/**
 * Where it starts, in the caller's unit.
 */
start: number, 
/**
 * Where it ends, half open.
 */
end: number, 
/**
 * The words that stand there.
 */
quote: string, 
/**
 * What stands before them, at most 32 characters.
 */
before: string, 
/**
 * What stands after them, at most 32 characters.
 */
after: string, 
/**
 * How well it fits, 0 to 1.
 */
score: number, };

/**
 * What a margin card shows.
 */
export type Card = { 
/**
 * The highlight.
 */
id: HighlightId, 
/**
 * Its document.
 */
document: DocumentId, 
/**
 * The passage.
 */
quote: string, 
/**
 * Its margin note, Markdown.
 */
note: string, 
/**
 * Its tags, in the order of the tag list.
 */
tags: Array<TagId>, 
/**
 * When it was made, UTC milliseconds.
 */
created: number, 
/**
 * When it was last changed, UTC milliseconds.
 */
updated: number, 
/**
 * Its links, both ways.
 */
links: Array<CardLink>, };

/**
 * A link as read from one of its ends.
 */
export type CardLink = { 
/**
 * The link.
 */
id: LinkId, 
/**
 * Its relation.
 */
relation: RelationId, 
/**
 * The relation as read from here: "contradicts", "supported by".
 */
label: string, 
/**
 * Whether it starts here.
 */
outgoing: boolean, 
/**
 * The passage at the other end.
 */
other: HighlightId, 
/**
 * The document of the other passage.
 */
otherDocument: DocumentId, 
/**
 * Its title.
 */
otherTitle: string, 
/**
 * At most 160 characters of the other passage.
 */
quote: string, 
/**
 * The link's note.
 */
note: string, };

/**
 * An entry of the journal.
 */
export type Change = { 
/**
 * Its id.
 */
id: ChangeId, 
/**
 * When, UTC milliseconds.
 */
at: number, 
/**
 * What, in plain words.
 */
label: string, 
/**
 * Whether it was undone and can be redone.
 */
undone: boolean, };

/**
 * An entry of the journal.
 */
export type ChangeId = string;

/**
 * A document whose file is not any more what was imported.
 */
export type ChangedSource = { document: DocumentId, title: string, };

/**
 * What a write touched.
 */
export type Changes = { 
/**
 * What it is about.
 */
topics: Array<Topic>, 
/**
 * The documents whose highlights or metadata it touched, as far as they are named.
 */
documents: Array<DocumentId>, 
/**
 * The highlights it touched; null when there are too many to name: reload what you show.
 */
highlights: Array<HighlightId> | null, };

/**
 * What a check found.
 */
export type CheckReport = { 
/**
 * Whether there is no problem.
 */
ok: boolean, 
/**
 * Documents looked at.
 */
documents: number, 
/**
 * Highlights looked at.
 */
highlights: number, 
/**
 * Links looked at.
 */
links: number, 
/**
 * What is wrong, at most 100.
 */
problems: Array<Problem>, };

/**
 * How a source is cited, as Markdown.
 */
export type Citation = { 
/**
 * In full; empty when only its title is known.
 */
full: string, 
/**
 * By author and date, as beside each quote, there with a page or a paragraph.
 */
short: string, };

/**
 * What a compact did.
 */
export type CompactReport = { 
/**
 * Bytes of the file before.
 */
before: number, 
/**
 * Bytes of the file afterwards.
 */
after: number, 
/**
 * Texts that nothing needed any more and that were dropped.
 */
texts: number, };

/**
 * How much of a document has been worked through.
 */
export type Coverage = { 
/**
 * The document.
 */
document: DocumentId, 
/**
 * Its title.
 */
title: string, 
/**
 * Its highlights.
 */
highlights: number, 
/**
 * Its paragraphs.
 */
paragraphs: number, 
/**
 * Paragraphs that a highlight touches.
 */
covered: number, };

/**
 * An item of CSL-JSON; where it is a document's, so is its id.
 */
export type CslItem = unknown;

/**
 * All figures of a project.
 */
export type Dashboard = { 
/**
 * Documents.
 */
documents: number, 
/**
 * Highlights.
 */
highlights: number, 
/**
 * Highlights with a note.
 */
noted: number, 
/**
 * Highlights without a note.
 */
unnoted: number, 
/**
 * Highlights without a tag.
 */
untagged: number, 
/**
 * Highlights without a place in the current text, which await a person.
 */
lost: number, 
/**
 * Highlights whose place was found by similar words and awaits a person.
 */
unconfirmed: number, 
/**
 * Links.
 */
links: number, 
/**
 * Links that contradict.
 */
contradictions: number, 
/**
 * Paragraphs of all documents.
 */
paragraphs: number, 
/**
 * Paragraphs that a highlight touches.
 */
covered: number, 
/**
 * Every tag in order.
 */
tags: Array<TagShare>, 
/**
 * Tag by document; what is not listed is 0.
 */
cells: Array<TagCell>, 
/**
 * Tags that occur on the same highlight; each pair once.
 */
pairs: Array<TagPair>, 
/**
 * Links by relation, contradictions first, then the most frequent.
 */
relations: Array<RelationCount>, 
/**
 * Every document in order.
 */
coverage: Array<Coverage>, 
/**
 * Links that contradict, newest first, at most 50.
 */
contradictory: Array<Link>, };

/**
 * What the window starts from.
 */
export type DesktopState = { version: string, project: RecentProject, recent: Array<RecentProject>, settings: Settings, };

/**
 * A document as a list shows it.
 */
export type Document = { 
/**
 * Its id.
 */
id: DocumentId, 
/**
 * Its title.
 */
title: string, 
/**
 * Who wrote it; several are parted by "; ".
 */
author: string, 
/**
 * Who published it, or what it appeared in.
 */
publisher: string, 
/**
 * When it was published, as it was given.
 */
published: string, 
/**
 * Where it was found.
 */
url: string, 
/**
 * When it was looked at, as it was given.
 */
accessed: string, 
/**
 * BCP 47, or empty.
 */
language: string, 
/**
 * What kind of source it is, by the name in the list of kinds; empty where nobody has said.
 */
kind: string, 
/**
 * Which of these the importer found in the file, and nobody has confirmed yet.
 */
found: Array<DocumentField>, 
/**
 * Its current version.
 */
version: VersionId, 
/**
 * "text", "markdown", "html", "mhtml", "epub", "docx", "odt", "rtf" or "pdf"; "revised" for a text that was
 * corrected here.
 */
format: string, 
/**
 * When its current version came in, UTC milliseconds.
 */
imported: number, 
/**
 * Words of its text.
 */
words: number, 
/**
 * Whether everything seen on a web page was taken, and not only its main text.
 */
whole_page: boolean, 
/**
 * Words of the whole page when only its main text was taken; 0 when nothing is known to be left out.
 */
page_words: number, 
/**
 * How many highlights it has.
 */
highlights: number, 
/**
 * Tags used here with their counts, in the order of the tag list.
 */
tags: Array<TagCount>, 
/**
 * Whether it is the sample of the first start.
 */
sample: boolean, };

/**
 * Confirms everything that was found in the file.
 */
export type DocumentConfirm = { 
/**
 * Which document.
 */
document: DocumentId, };

/**
 * Asks for what is known about documents as CSL-JSON.
 */
export type DocumentCsl = { 
/**
 * Only these; every one when left out.
 */
documents?: Array<DocumentId>, };

/**
 * Removes a document with its highlights and their links.
 */
export type DocumentDelete = { 
/**
 * Which.
 */
document: DocumentId, };

/**
 * What people see of an item, and may change.
 */
export type DocumentField = "kind" | "title" | "author" | "publisher" | "published" | "url" | "accessed" | "language";

/**
 * A source text.
 */
export type DocumentId = string;

/**
 * One document.
 */
export type DocumentOpen = { 
/**
 * Which.
 */
document: DocumentId, 
/**
 * Only the highlights that touch this stretch, in the caller's unit: what the first paint needs. The others are
 * asked for afterwards, as bytes.
 */
near?: [number, number], 
/**
 * The version whose blocks, spans and pages the caller has: they never change, and are left out while it is the
 * current one.
 */
known?: VersionId, };

/**
 * Makes a document of a text that was pasted.
 */
export type DocumentPaste = { 
/**
 * The text.
 */
text: string, 
/**
 * Its title; taken from the text when left out.
 */
title?: string, };

/**
 * Corrects the text of a document.
 */
export type DocumentRevise = { 
/**
 * Which.
 */
document: DocumentId, 
/**
 * The whole text as it should be.
 */
text: string, };

/**
 * Changes what is known about a document. What is left out stays; what is named counts as confirmed.
 */
export type DocumentUpdate = { 
/**
 * Which.
 */
document: DocumentId, 
/**
 * Its title; an empty one is passed over.
 */
title?: string, 
/**
 * Who wrote it; several are parted by "; ", and braces keep a name whole.
 */
author?: string, 
/**
 * Who published it, or what it appeared in.
 */
publisher?: string, 
/**
 * When it was published, as given.
 */
published?: string, 
/**
 * Where it was found.
 */
url?: string, 
/**
 * When it was looked at, as given.
 */
accessed?: string, 
/**
 * BCP 47, or empty.
 */
language?: string, 
/**
 * The name of a kind, or empty.
 */
kind?: string, 
/**
 * A description from elsewhere, as CSL-JSON, which takes the place of what is known; a field of which it says
 * nothing stays. What is named beside it wins.
 */
item?: CslItem, };

/**
 * Takes the whole of a web page as a new version.
 */
export type DocumentWholePage = { 
/**
 * Which document.
 */
document: DocumentId, };

/**
 * The code of an [`Error`], one for each case.
 */
export type ErrorCode = "unknown_command" | "arguments" | "bug" | "document_unknown" | "highlight_unknown" | "version_unknown" | "tag_unknown" | "relation_unknown" | "link_unknown" | "text_damaged" | "tag_name_empty" | "tag_name_taken" | "tag_key_invalid" | "tag_key_taken" | "tag_cycle" | "tag_colour_invalid" | "tag_merge_self" | "place_lost" | "link_to_itself" | "relation_label_empty" | "offset_out_of_range" | "offset_inside_grapheme" | "range_empty" | "quote_not_found" | "quote_ambiguous" | "quote_occurrence" | "text_too_long" | "import_empty" | "import_binary" | "import_too_large" | "import_undecodable" | "import_missing" | "import_folder" | "import_nothing" | "import_too_many" | "import_unreadable" | "import_damaged" | "import_encrypted" | "import_scanned" | "import_unsafe" | "import_took_too_long" | "import_too_much" | "import_crashed" | "import_stopped" | "import_no_reader" | "import_format" | "nothing_left_out" | "kind_unknown" | "metadata_unreadable" | "metadata_empty" | "metadata_unmatched" | "nothing_to_undo" | "nothing_to_redo" | "undo_conflict" | "query_invalid" | "project_missing" | "project_unreadable" | "project_not_sqlite" | "project_not_ours" | "project_newer" | "project_read_only" | "project_locked" | "project_damaged" | "project_exists" | "export_folder" | "export_not_writable" | "export_disk_full" | "export_failed" | "disk_full" | "storage";

/**
 * What to export. Empty lists mean everything; a highlight with any of the tags is taken.
 */
export type ExportOptions = { 
/**
 * Only these documents.
 */
documents: Array<DocumentId>, 
/**
 * Only highlights with one of these tags.
 */
tags: Array<TagId>, 
/**
 * What the headings are.
 */
groupBy: GroupBy, };

/**
 * The beginning of what an export writes.
 */
export type ExportPreview = { 
/**
 * Markdown.
 */
markdown: string, 
/**
 * Highlights in the whole export.
 */
highlights: number, 
/**
 * Documents in the whole export.
 */
documents: number, 
/**
 * Whether nothing was cut off.
 */
whole: boolean, 
/**
 * What is damaged in the project, in sentences: it may be missing here, or stand here with � in it.
 */
damaged: Array<string>, };

/**
 * A picture of the dashboard.
 */
export type Figure = { name: string, svg: string, };

/**
 * What the headings of an export are.
 */
export type GroupBy = "document" | "tag";

/**
 * A highlight with all that is known of it.
 */
export type Highlight = { 
/**
 * Its id.
 */
id: HighlightId, 
/**
 * Its document.
 */
document: DocumentId, 
/**
 * Where it starts, in the caller's unit; null while its place is in review.
 */
start: number | null, 
/**
 * Where it ends, in the caller's unit; null while its place is in review.
 */
end: number | null, 
/**
 * The passage.
 */
quote: string, 
/**
 * Names of its tags, in the order of the tag list.
 */
tags: Array<string>, 
/**
 * Ids of its tags, in the same order.
 */
tagIds: Array<TagId>, 
/**
 * Its margin note, Markdown.
 */
note: string, 
/**
 * When it was made, UTC milliseconds.
 */
created: number, 
/**
 * When it was last changed, UTC milliseconds.
 */
updated: number, 
/**
 * How it is tied to the text.
 */
anchor: Anchor, 
/**
 * The document's title.
 */
title: string, 
/**
 * 1-based number of the paragraph that holds the start.
 */
paragraph: number | null, 
/**
 * The page it stands on as the source calls it, "12", or its first and last, "12–13"; null where there are none.
 */
page: string | null, };

/**
 * Moves the ends of a highlight.
 */
export type HighlightBounds = { 
/**
 * Which.
 */
highlight: HighlightId, 
/**
 * Where it starts, in the caller's unit.
 */
start: number, 
/**
 * Where it ends, half open.
 */
end: number, 
/**
 * Move the ends to whole graphemes and off white space instead of refusing.
 */
snap?: boolean, };

/**
 * Cards by id.
 */
export type HighlightCards = { 
/**
 * Which; those that are gone are left out.
 */
ids: Array<HighlightId>, };

/**
 * Marks a passage.
 */
export type HighlightCreate = { 
/**
 * Its id, a UUID v7 that the caller has made, so that it can show the highlight before the answer. Made here when
 * left out.
 */
id?: HighlightId, 
/**
 * The document whose current version is marked.
 */
document: DocumentId, 
/**
 * Where it starts, in the caller's unit.
 */
start: number, 
/**
 * Where it ends, half open.
 */
end: number, 
/**
 * Its tags.
 */
tags: Array<TagId>, 
/**
 * Its margin note.
 */
note?: string, 
/**
 * Move the ends to whole graphemes and off white space instead of refusing.
 */
snap?: boolean, };

/**
 * Removes highlights with their notes and links.
 */
export type HighlightDelete = { 
/**
 * Which.
 */
highlights: Array<HighlightId>, };

/**
 * Which highlights to list; all given conditions must hold.
 */
export type HighlightFilter = { 
/**
 * Of this document.
 */
document?: DocumentId, 
/**
 * With this tag.
 */
tag?: TagId, 
/**
 * And with this tag too.
 */
and?: TagId, 
/**
 * Only these.
 */
ids?: Array<HighlightId>, 
/**
 * Without any tag.
 */
untagged?: boolean, 
/**
 * Without a note.
 */
unnoted?: boolean, 
/**
 * With a note.
 */
noted?: boolean, 
/**
 * With a link, either way.
 */
linked?: boolean, 
/**
 * Awaiting a person for this reason.
 */
review?: ReviewReason, 
/**
 * At most so many.
 */
limit?: number, };

/**
 * A marked passage.
 */
export type HighlightId = string;

/**
 * Replaces a margin note.
 */
export type HighlightNote = { 
/**
 * Which.
 */
highlight: HighlightId, 
/**
 * Markdown; empty removes the note.
 */
note: string, 
/**
 * The note is being typed: joins the step before when that is recent.
 */
typing?: boolean, };

/**
 * Marks a passage by its words.
 */
export type HighlightQuote = { 
/**
 * The document whose current version is marked.
 */
document: DocumentId, 
/**
 * The passage, exactly as it stands in the text.
 */
quote: string, 
/**
 * Which one, from 1, when it occurs several times.
 */
occurrence?: number, 
/**
 * Its tags.
 */
tags: Array<TagId>, 
/**
 * Its margin note.
 */
note?: string, };

/**
 * A highlight as the reader draws it: [id, start, end, tag indexes, flags]; flags: 1 note, 2 links, 4 unconfirmed.
 */
export type HighlightRow = [HighlightId, number, number, Array<number>, number];

/**
 * Highlights of one document by id.
 */
export type HighlightRows = { 
/**
 * The document.
 */
document: DocumentId, 
/**
 * Which; those that are gone are left out.
 */
ids: Array<HighlightId>, };

/**
 * The highlights of one document, compact; sorted by start, then longest first, then id.
 */
export type HighlightTable = { 
/**
 * What the tag indexes of the rows mean.
 */
tags: Array<TagId>, 
/**
 * One row a highlight.
 */
rows: Array<HighlightRow>, };

/**
 * Adds a tag to highlights, or takes it off.
 */
export type HighlightTag = { 
/**
 * Which.
 */
highlights: Array<HighlightId>, 
/**
 * The tag.
 */
tag: TagId, 
/**
 * Whether they carry it afterwards.
 */
on: boolean, };

/**
 * How much of the history to list.
 */
export type HistoryList = { 
/**
 * At most so many, newest first.
 */
limit?: number, };

/**
 * What a hit was found in.
 */
export type HitKind = "text" | "quote" | "note" | "title";

/**
 * What is picked to be imported, and how it is read.
 */
export type ImportOptions = { 
/**
 * Folders, with all that is in them.
 */
folders: boolean, 
/**
 * Of a web page everything that is seen, and not just its main text.
 */
wholePage: boolean, };

/**
 * What became of files that were picked or dropped.
 */
export type Imported = { documents: Array<DocumentId>, refused: Array<RefusedFile>, 
/**
 * How many files of the folders are of kinds that are not read.
 */
passed: number, };

/**
 * A link with both of its ends.
 */
export type Link = { 
/**
 * Its id.
 */
id: LinkId, 
/**
 * Where it starts.
 */
from: HighlightId, 
/**
 * Where it ends.
 */
to: HighlightId, 
/**
 * The relation's label.
 */
relation: string, 
/**
 * The relation's inverse label.
 */
inverse: string, 
/**
 * The relation.
 */
relationId: RelationId, 
/**
 * Markdown.
 */
note: string, 
/**
 * When it was made, UTC milliseconds.
 */
created: number, 
/**
 * The passage it starts from.
 */
fromQuote: string, 
/**
 * The passage it ends at.
 */
toQuote: string, 
/**
 * The document it starts in.
 */
fromDocument: DocumentId, 
/**
 * The document it ends in.
 */
toDocument: DocumentId, 
/**
 * That document's title.
 */
fromTitle: string, 
/**
 * That document's title.
 */
toTitle: string, };

/**
 * Ties one highlight to another.
 */
export type LinkCreate = { 
/**
 * Where it starts.
 */
from: HighlightId, 
/**
 * Where it ends.
 */
to: HighlightId, 
/**
 * Its relation.
 */
relation: RelationId, 
/**
 * Markdown.
 */
note?: string, };

/**
 * Removes a link.
 */
export type LinkDelete = { 
/**
 * Which.
 */
link: LinkId, };

/**
 * Which links to list.
 */
export type LinkFilter = { 
/**
 * Of this relation.
 */
relation?: RelationId, };

/**
 * A cross-reference.
 */
export type LinkId = string;

/**
 * Changes the relation and the note of a link.
 */
export type LinkUpdate = { 
/**
 * Which.
 */
link: LinkId, 
/**
 * Its relation.
 */
relation: RelationId, 
/**
 * Markdown.
 */
note: string, };

/**
 * The file that was picked, by its name, and its references; null and none when the dialog was closed.
 */
export type MetadataPicked = { name: string | null, references: Array<ReferenceRow>, };

/**
 * The arguments of a command that takes none.
 */
export type NoArguments = Record<string, never>;

/**
 * One document.
 */
export type OfDocument = { 
/**
 * Which.
 */
document: DocumentId, };

/**
 * What the reader needs besides the text itself.
 */
export type OpenDocument = { 
/**
 * The document.
 */
document: Document, 
/**
 * Length of the text, in the caller's unit.
 */
length: number, 
/**
 * Its blocks: sorted, disjoint.
 */
blocks: Array<Block>, 
/**
 * Its inline ranges: sorted by start.
 */
spans: Array<Span>, 
/**
 * Its pages: ascending by start; none where the source has none.
 */
pages: Array<Page>, 
/**
 * Its highlights, or those that were asked for.
 */
highlights: HighlightTable, };

/**
 * A version with its text, as it can be read again.
 */
export type OpenVersion = { 
/**
 * The version.
 */
version: Version, 
/**
 * Its text.
 */
text: string, 
/**
 * Length of the text, in the caller's unit.
 */
length: number, 
/**
 * Its blocks: sorted, disjoint.
 */
blocks: Array<Block>, 
/**
 * Its inline ranges: sorted by start.
 */
spans: Array<Span>, 
/**
 * The highlights where they stood in it.
 */
highlights: HighlightTable, };

/**
 * A document whose original is wanted.
 */
export type OriginalSave = { document: DocumentId, };

/**
 * What happens to highlights that carry no other tag than the one that is deleted.
 */
export type Orphans = "keep" | "delete";

/**
 * [start, label] in the caller's unit: where a page of the source begins, and what the source calls it.
 */
export type Page = [number, string];

/**
 * A paragraph of a document.
 */
export type Paragraph = { 
/**
 * 1-based.
 */
number: number, 
/**
 * Where it starts, in the caller's unit.
 */
start: number, 
/**
 * Where it ends, half open.
 */
end: number, 
/**
 * At most 160 characters of it.
 */
text: string, };

/**
 * What to preview.
 */
export type PreviewOptions = { 
/**
 * Only these documents.
 */
documents: Array<DocumentId>, 
/**
 * Only highlights with one of these tags.
 */
tags: Array<TagId>, 
/**
 * What the headings are.
 */
groupBy: GroupBy, 
/**
 * At most so many characters.
 */
limit?: number, };

/**
 * One thing that is wrong.
 */
export type Problem = { 
/**
 * "database", "row", "reference", "text", "anchor", "details", "tag", "history".
 */
code: string, 
/**
 * What, in a sentence.
 */
message: string, };

/**
 * How far an import of several files has come; null when it is over.
 */
export type Progress = { done: number, total: number, 
/**
 * The file that is being read.
 */
name: string, };

/**
 * `index` into `recent`.
 */
export type RecentIndex = { index: number, };

/**
 * A recent project, by its name and folder.
 */
export type RecentProject = { name: string, folder: string, };

/**
 * A reference as the details of a document show it; what it does not say is empty.
 */
export type Reference = { title: string, author: string, publisher: string, published: string, url: string, accessed: string, language: string, kind: string, 
/**
 * All that it says, to be saved with the fields.
 */
item: CslItem, };

/**
 * `index` into `references` of the file that was picked last.
 */
export type ReferenceIndex = { index: number, };

/**
 * What tells a reference from the others in its file.
 */
export type ReferenceRow = { title: string, author: string, publisher: string, published: string, };

/**
 * A file that was not imported, by its name, and why.
 */
export type RefusedFile = { name: string, error: ApiError, };

/**
 * The type of a link.
 */
export type Relation = { 
/**
 * Its id.
 */
id: RelationId, 
/**
 * As read from the source: "supports".
 */
label: string, 
/**
 * As read from the target: "supported by".
 */
inverse: string, 
/**
 * Whether both read the same.
 */
symmetric: boolean, 
/**
 * How many links have it.
 */
links: number, };

/**
 * How often a relation is used.
 */
export type RelationCount = { 
/**
 * The relation.
 */
relation: RelationId, 
/**
 * Its label.
 */
label: string, 
/**
 * Links with it.
 */
count: number, };

/**
 * Makes a relation.
 */
export type RelationCreate = { 
/**
 * As read from the source.
 */
label: string, 
/**
 * As read from the target; the label again when empty.
 */
inverse: string, 
/**
 * Whether both read the same.
 */
symmetric: boolean, };

/**
 * The type of a link.
 */
export type RelationId = string;

/**
 * One remark.
 */
export type Remark = { 
/**
 * What it is about.
 */
code: RemarkCode, 
/**
 * Where it stands in the query, in the caller's unit.
 */
start: number, 
/**
 * Half open.
 */
end: number, 
/**
 * The name, word or sign that it is about.
 */
argument: string, 
/**
 * What may have been meant, as it can be written in its place; nearest first.
 */
suggestions: Array<string>, };

/**
 * What a remark is about.
 */
export type RemarkCode = "tag_unknown" | "tag_ambiguous" | "document_unknown" | "author_unknown" | "field_unknown" | "operator_unknown" | "sign_unknown" | "operator_dangling" | "operator_small" | "filter_inside" | "quote_open" | "parenthesis_open" | "parentheses_empty" | "star_misplaced" | "nothing_to_find";

/**
 * A highlight that awaits a person.
 */
export type Review = { 
/**
 * The highlight.
 */
highlight: HighlightId, 
/**
 * Its document.
 */
document: DocumentId, 
/**
 * The document's title.
 */
title: string, 
/**
 * The passage as a person last marked or confirmed it.
 */
quote: string, 
/**
 * What stood before it.
 */
prefix: string, 
/**
 * What stood after it.
 */
suffix: string, 
/**
 * Its margin note, Markdown.
 */
note: string, 
/**
 * Names of its tags, in the order of the tag list.
 */
tags: Array<string>, 
/**
 * Why it is here.
 */
reason: ReviewReason, 
/**
 * How well its place fits, or for a lost one the best that was found, 0 to 1.
 */
score: number, 
/**
 * Where it is now; null while it is lost.
 */
place: ReviewPlace | null, 
/**
 * Where it may stand, the best first, at most five; where it is now is one of them. In a list without a limit only the
 * first hundred have any.
 */
candidates: Array<Candidate>, };

/**
 * Accepts the places that were found.
 */
export type ReviewConfirm = { 
/**
 * Of which highlights.
 */
highlights: Array<HighlightId>, };

/**
 * Which highlights to review.
 */
export type ReviewList = { 
/**
 * Only those of this document.
 */
document?: DocumentId, 
/**
 * At most so many.
 */
limit?: number, };

/**
 * A place in the current text, in the caller's unit.
 */
export type ReviewPlace = { 
/**
 * Where it starts.
 */
start: number, 
/**
 * Where it ends, half open.
 */
end: number, 
/**
 * The words that stand there.
 */
quote: string, };

/**
 * Why a highlight awaits a person.
 */
export type ReviewReason = "lost" | "approximate";

/**
 * `name` is the file name that was chosen, without its folder; null when the dialog was closed.
 */
export type Saved = { name: string | null, };

/**
 * Searches the project.
 */
export type Search = { 
/**
 * Words, "exact phrase", prefix*, AND, OR, NOT, tag:, doc:, author:, has:note, has:link.
 */
query: string, 
/**
 * At most so many hits.
 */
limit?: number, 
/**
 * The last word may still be being typed: it stands for all that begin so.
 */
typing?: boolean, };

/**
 * The hits of one document.
 */
export type SearchGroup = { 
/**
 * The document.
 */
document: DocumentId, 
/**
 * Its title.
 */
title: string, 
/**
 * Hits in the order of the text.
 */
hits: Array<SearchHit>, 
/**
 * How many are listed here.
 */
total: number, };

/**
 * One hit.
 */
export type SearchHit = { 
/**
 * What it was found in.
 */
kind: HitKind, 
/**
 * The highlight, for a quote or a note.
 */
highlight: HighlightId | null, 
/**
 * Where to go in the document, in the caller's unit; null for a title.
 */
start: number | null, 
/**
 * Half open.
 */
end: number | null, 
/**
 * 1-based number of the paragraph.
 */
paragraph: number | null, 
/**
 * What was found, shortened around the first match.
 */
excerpt: string, 
/**
 * Ranges of the excerpt that matched, in the caller's unit.
 */
marks: Array<[number, number]>, 
/**
 * Tags of the highlight.
 */
tags: Array<TagId>, };

/**
 * What a search found.
 */
export type SearchResults = { 
/**
 * All hits, also those beyond the limit; counted up to 5,000.
 */
total: number, 
/**
 * By document, the best hit first.
 */
groups: Array<SearchGroup>, 
/**
 * What in the query can't mean what was typed, in the order of the query.
 */
remarks: Array<Remark>, };

/**
 * The person's own settings, kept beside the projects, not in them.
 */
export type Settings = { theme: Theme, 
/**
 * a drag that starts inside a word takes whole words
 */
wholeWords: boolean, 
/**
 * keys without Ctrl or Alt act in the reader and in lists
 */
singleKeys: boolean, 
/**
 * it is remembered which file a document came from, and said when that file changes
 */
watchSources: boolean, };

/**
 * The file that a document came from.
 */
export type SourceFile = { 
/**
 * Without its folder.
 */
name: string, state: SourceState, };

/**
 * A kind of source.
 */
export type SourceKind = { 
/**
 * Its name, for programs.
 */
kind: string, 
/**
 * What people call it.
 */
words: string, };

/**
 * A document, about whose file something is asked.
 */
export type SourceOf = { document: DocumentId, };

/**
 * What became of a file.
 */
export type SourceState = "same" | "changed" | "gone";

/**
 * [start, end, kind, target] in the caller's unit; a link's target is shown and never followed.
 */
export type Span = [number, number, SpanKind, string | null];

/**
 * What a stretch of a block is.
 */
export type SpanKind = "emphasis" | "strong" | "code" | "link" | "call" | "mark";

/**
 * Where a tag falls in a document.
 */
export type Strip = { 
/**
 * The tag.
 */
tag: TagId, 
/**
 * In the order of the text.
 */
marks: Array<StripMark>, };

/**
 * One highlight on a strip, as fractions of the document's length, 0 to 1.
 */
export type StripMark = { 
/**
 * Which.
 */
highlight: HighlightId, 
/**
 * Where it starts.
 */
from: number, 
/**
 * Where it ends.
 */
to: number, };

/**
 * A tag with its count.
 */
export type Tag = { 
/**
 * Its id.
 */
id: TagId, 
/**
 * Its name.
 */
name: string, 
/**
 * The tag above it.
 */
parent: TagId | null, 
/**
 * #RRGGBB.
 */
colour: string, 
/**
 * One lower-case letter or digit.
 */
key: string | null, 
/**
 * When to use it.
 */
definition: string, 
/**
 * How many highlights carry it.
 */
highlights: number, };

/**
 * How often a tag is used in a document.
 */
export type TagCell = { 
/**
 * The document.
 */
document: DocumentId, 
/**
 * The tag.
 */
tag: TagId, 
/**
 * Highlights with it there.
 */
count: number, };

/**
 * How often a tag is used.
 */
export type TagCount = { 
/**
 * The tag.
 */
tag: TagId, 
/**
 * Highlights with it.
 */
count: number, };

/**
 * Makes a tag.
 */
export type TagCreate = { 
/**
 * Its name.
 */
name: string, 
/**
 * #RRGGBB; the next of the palette when left out.
 */
colour?: string, 
/**
 * One letter or digit.
 */
key?: string, 
/**
 * When to use it.
 */
definition?: string, 
/**
 * The tag above it.
 */
parent?: TagId, };

/**
 * Deletes a tag.
 */
export type TagDelete = { 
/**
 * Which.
 */
tag: TagId, 
/**
 * What happens to highlights that carry no other tag.
 */
highlights: Orphans, };

/**
 * What a deletion did.
 */
export type TagDeleted = { 
/**
 * Highlights that lost the tag and stay.
 */
untagged: number, 
/**
 * Highlights that were removed.
 */
deleted: number, };

/**
 * A word of the codebook.
 */
export type TagId = string;

/**
 * Folds one tag into another.
 */
export type TagMerge = { 
/**
 * The tag that disappears.
 */
from: TagId, 
/**
 * The tag that stays.
 */
into: TagId, };

/**
 * What a merge did.
 */
export type TagMerged = { 
/**
 * Highlights that carried the tag that disappeared.
 */
moved: number, };

/**
 * A tag by its name alone.
 */
export type TagName = { 
/**
 * Its id.
 */
id: TagId, 
/**
 * Its name.
 */
name: string, };

/**
 * How often two tags meet.
 */
export type TagPair = { 
/**
 * The one that comes first in the list of tags.
 */
a: TagId, 
/**
 * The other.
 */
b: TagId, 
/**
 * Highlights with both.
 */
count: number, 
/**
 * The count that chance would give: highlights with a × highlights with b ÷ all highlights.
 */
expected: number, };

/**
 * How often a tag is used.
 */
export type TagShare = { 
/**
 * The tag.
 */
tag: TagId, 
/**
 * Highlights with it.
 */
count: number, 
/**
 * Of all highlights, 0 to 1.
 */
share: number, };

/**
 * Replaces everything about a tag.
 */
export type TagUpdate = { 
/**
 * Which.
 */
tag: TagId, 
/**
 * Its name.
 */
name: string, 
/**
 * #RRGGBB.
 */
colour: string, 
/**
 * One letter or digit, or null.
 */
key: string | null, 
/**
 * When to use it.
 */
definition: string, 
/**
 * The tag above it, or null.
 */
parent: TagId | null, };

/**
 * Light, dark, or as the system has it.
 */
export type Theme = "system" | "light" | "dark";

/**
 * What a write is about; stores reload by it.
 */
export type Topic = "documents" | "highlights" | "tags" | "links" | "relations" | "history";

/**
 * A version as a list shows it.
 */
export type Version = { 
/**
 * Its id.
 */
id: VersionId, 
/**
 * Its document.
 */
document: DocumentId, 
/**
 * When it came in, UTC milliseconds.
 */
imported: number, 
/**
 * What the file was: "text", "markdown"; "revised" for a text that was corrected here.
 */
format: string, 
/**
 * Words of its text.
 */
words: number, 
/**
 * Whether it is the current one.
 */
current: boolean, 
/**
 * Highlights that have a place in it.
 */
placed: number, 
/**
 * Highlights that await a person in it: without a place, or with one that is not confirmed.
 */
awaiting: number, };

/**
 * One immutable text of a document.
 */
export type VersionId = string;

/**
 * Lists the versions of a document.
 */
export type VersionList = { 
/**
 * Which document.
 */
document: DocumentId, };

/**
 * Opens a version, current or not.
 */
export type VersionOpen = { 
/**
 * Which.
 */
version: VersionId, };

/**
 * What became of a new version: the name of the file, null when none was picked, and whether the text is another.
 */
export type VersionTaken = { name: string | null, changed: boolean, };

export interface Commands {
  document_list: { args: NoArguments; result: Array<Document> };
  document_open: { args: DocumentOpen; result: OpenDocument };
  document_paste: { args: DocumentPaste; result: Document };
  document_update: { args: DocumentUpdate; result: Document };
  document_confirm: { args: DocumentConfirm; result: Document };
  document_cite: { args: DocumentUpdate; result: Citation };
  document_csl: { args: DocumentCsl; result: Array<CslItem> };
  kind_list: { args: NoArguments; result: Array<SourceKind> };
  document_revise: { args: DocumentRevise; result: Version };
  document_whole_page: { args: DocumentWholePage; result: Document };
  document_delete: { args: DocumentDelete; result: null };
  version_list: { args: VersionList; result: Array<Version> };
  version_open: { args: VersionOpen; result: OpenVersion };
  highlight_create: { args: HighlightCreate; result: Highlight };
  highlight_quote: { args: HighlightQuote; result: Highlight };
  highlight_bounds: { args: HighlightBounds; result: Highlight };
  highlight_note: { args: HighlightNote; result: Highlight };
  highlight_tag: { args: HighlightTag; result: null };
  highlight_delete: { args: HighlightDelete; result: null };
  highlight_list: { args: HighlightFilter; result: Array<Highlight> };
  highlight_rows: { args: HighlightRows; result: HighlightTable };
  highlight_cards: { args: HighlightCards; result: Array<Card> };
  review_list: { args: ReviewList; result: Array<Review> };
  review_confirm: { args: ReviewConfirm; result: null };
  tag_list: { args: NoArguments; result: Array<Tag> };
  tag_names: { args: NoArguments; result: Array<TagName> };
  tag_create: { args: TagCreate; result: Tag };
  tag_update: { args: TagUpdate; result: Tag };
  tag_merge: { args: TagMerge; result: TagMerged };
  tag_delete: { args: TagDelete; result: TagDeleted };
  relation_list: { args: NoArguments; result: Array<Relation> };
  relation_create: { args: RelationCreate; result: Relation };
  link_create: { args: LinkCreate; result: Link };
  link_update: { args: LinkUpdate; result: Link };
  link_delete: { args: LinkDelete; result: null };
  link_list: { args: LinkFilter; result: Array<Link> };
  search: { args: Search; result: SearchResults };
  dashboard: { args: NoArguments; result: Dashboard };
  dashboard_strips: { args: OfDocument; result: Array<Strip> };
  paragraphs_uncovered: { args: OfDocument; result: Array<Paragraph> };
  history_list: { args: HistoryList; result: Array<Change> };
  undo: { args: NoArguments; result: Change };
  redo: { args: NoArguments; result: Change };
  export_preview: { args: PreviewOptions; result: ExportPreview };
  project_check: { args: NoArguments; result: CheckReport };
  project_compact: { args: NoArguments; result: CompactReport };
}

export interface DesktopCommands {
  desktop_state: { args: NoArguments; result: DesktopState };
  settings_set: { args: Settings; result: Settings };
  import_pick: { args: ImportOptions; result: Imported };
  import_cancel: { args: NoArguments; result: null };
  original_save: { args: OriginalSave; result: Saved };
  version_pick: { args: SourceOf; result: VersionTaken };
  source_state: { args: SourceOf; result: SourceFile | null };
  source_take: { args: SourceOf; result: VersionTaken };
  source_decline: { args: SourceOf; result: null };
  source_forget: { args: SourceOf; result: null };
  metadata_pick: { args: NoArguments; result: MetadataPicked };
  metadata_take: { args: ReferenceIndex; result: Reference };
  export_save: { args: ExportOptions; result: Saved };
  figure_save: { args: Figure; result: Saved };
  project_new: { args: NoArguments; result: DesktopState | null };
  project_open: { args: NoArguments; result: DesktopState | null };
  project_open_recent: { args: RecentIndex; result: DesktopState };
  project_copy: { args: NoArguments; result: Saved };
  window_close: { args: NoArguments; result: null };
}

export interface Events {
  changed: Changes;
  project: DesktopState;
  imported: Imported;
  sources: Array<ChangedSource>;
  dragging: boolean;
  progress: Progress | null;
  closing: null;
}
