// Generated from the lists of commands in src-tauri/core/src/api.rs and src-tauri/src/desktop.rs. Do not edit.

export type DocumentId = string;
export type VersionId = string;
export type HighlightId = string;
export type TagId = string;
export type RelationId = string;
export type LinkId = string;
export type ChangeId = string;

export type BlockKind = "paragraph" | "heading" | "item" | "quote" | "code" | "row" | "break";
export type SpanKind = "emphasis" | "strong" | "code" | "link";
export type AnchorMethod = "made" | "diff" | "quote" | "approximate" | "lost";
export type GroupBy = "document" | "tag";
export type Topic = "documents" | "highlights" | "tags" | "links" | "relations" | "history";

/** What a refused call answers with: `message` is a whole sentence (what happened, what was kept, what to do). */
export type ApiError = { code: ErrorCode; message: string; detail: unknown };
export type ErrorCode =
  | "unknown_command" | "arguments" | "bug"
  | "document_unknown" | "highlight_unknown" | "tag_unknown" | "relation_unknown" | "link_unknown" | "change_unknown"
  | "tag_name_empty" | "tag_name_taken" | "tag_key_invalid" | "tag_key_taken" | "tag_cycle" | "tag_colour_invalid"
  | "link_to_itself" | "relation_label_empty"
  | "offset_out_of_range" | "offset_inside_grapheme" | "range_empty" | "quote_not_found" | "quote_ambiguous" | "quote_occurrence"
  | "text_too_long"
  | "import_empty" | "import_binary" | "import_too_large" | "import_undecodable" | "import_missing" | "import_folder" | "import_unreadable" | "import_format"
  | "nothing_to_undo" | "nothing_to_redo" | "undo_conflict"
  | "query_invalid"
  | "project_missing" | "project_unreadable" | "project_not_sqlite" | "project_not_ours" | "project_newer" | "project_read_only" | "project_locked" | "project_damaged" | "project_exists"
  | "export_folder" | "export_not_writable" | "export_disk_full" | "export_failed"
  | "disk_full" | "storage";

export type Document = {
  id: DocumentId; title: string; author: string; publisher: string; published: string; url: string; accessed: string; language: string;
  version: VersionId; format: string; imported: number; words: number; highlights: number;
  /** The bars under a title: tags used here with their counts, in the order of the tag list. */
  tags: { tag: TagId; count: number }[];
  sample: boolean;
};
/** [start, end, kind, level]; level: 1-6 for a heading, 1.. for a list item or quotation, else 0. UTF-16 offsets, half open, sorted, disjoint. */
export type Block = [number, number, BlockKind, number];
/** [start, end, kind, target]; target is the address of a link, shown and never followed. */
export type Span = [number, number, SpanKind, string | null];
/** [id, start, end, tag indexes into `tags`, flags]; flags: 1 has a note, 2 has links, 4 awaits confirmation. */
export type HighlightRow = [HighlightId, number, number, number[], number];
/** The highlights of one document, compact; sorted by start, then longest first, then id. */
export type HighlightTable = { tags: TagId[]; rows: HighlightRow[] };
export type OpenDocument = { document: Document; length: number; blocks: Block[]; spans: Span[]; highlights: HighlightTable };

export type Anchor = { method: AnchorMethod; score: number; confirmed: boolean };
export type Highlight = {
  id: HighlightId; document: DocumentId; start: number | null; end: number | null; quote: string;
  /** Names, in the order of the tag list. */ tags: string[]; tagIds: TagId[];
  note: string; created: number; updated: number; anchor: Anchor; title: string; /** 1-based number of the paragraph that holds the start. */ paragraph: number | null;
};
export type Card = {
  id: HighlightId; document: DocumentId; quote: string; note: string; tags: TagId[]; created: number; updated: number; links: CardLink[];
};
export type CardLink = {
  id: LinkId; relation: RelationId; /** The label as read from this card: "contradicts" or "supported by". */ label: string; outgoing: boolean;
  other: HighlightId; otherDocument: DocumentId; otherTitle: string; /** At most 160 characters of the other passage. */ quote: string; note: string;
};
export type Tag = { id: TagId; name: string; parent: TagId | null; colour: string; key: string | null; definition: string; highlights: number };
export type Relation = { id: RelationId; label: string; inverse: string; symmetric: boolean; links: number };
export type Link = {
  id: LinkId; from: HighlightId; to: HighlightId; relation: string; inverse: string; relationId: RelationId; note: string; created: number;
  fromQuote: string; toQuote: string; fromDocument: DocumentId; toDocument: DocumentId; fromTitle: string; toTitle: string;
};
export type Change = { id: ChangeId; at: number; label: string; undone: boolean };
/** What a write touched. `highlights: null`: too many to name, reload what you show. */
export type Changes = { topics: Topic[]; documents: DocumentId[]; highlights: HighlightId[] | null };

/** All given conditions must hold. */
export type HighlightFilter = {
  document?: DocumentId; tag?: TagId; /** a second tag on the same highlight */ and?: TagId; ids?: HighlightId[];
  untagged?: boolean; unnoted?: boolean; noted?: boolean; linked?: boolean; limit?: number;
};
export type Dashboard = {
  documents: number; highlights: number; noted: number; unnoted: number; untagged: number; links: number; contradictions: number; paragraphs: number; covered: number;
  /** share: of all highlights, 0 to 1 */
  tags: { tag: TagId; count: number; share: number }[];
  cells: { document: DocumentId; tag: TagId; count: number }[];
  /** expected: the count that chance would give */
  pairs: { a: TagId; b: TagId; count: number; expected: number }[];
  relations: { relation: RelationId; label: string; count: number }[];
  coverage: { document: DocumentId; title: string; highlights: number; paragraphs: number; covered: number }[];
  /** newest first, at most 50 */
  contradictory: Link[];
};
/** Where each tag falls in one document: fractions of its length, 0 to 1. */
export type Strip = { tag: TagId; marks: { highlight: HighlightId; from: number; to: number }[] };
/** `start`, `end` are offsets in the document; `text` at most 160 characters. */
export type Paragraph = { number: number; start: number; end: number; text: string };

export type SearchHit = {
  kind: "text" | "quote" | "note" | "title"; /** null for a hit in the text or the title */ highlight: HighlightId | null;
  /** Where to go in the document; null for a title. */ start: number | null; end: number | null; paragraph: number | null;
  excerpt: string; /** UTF-16 ranges of the excerpt that matched */ marks: [number, number][]; tags: TagId[];
};
export type SearchGroup = { document: DocumentId; title: string; hits: SearchHit[]; /** hits found, which may be more than are listed */ total: number };
export type SearchResults = { total: number; groups: SearchGroup[] };

export type CheckReport = { ok: boolean; documents: number; highlights: number; links: number; problems: { code: string; message: string }[] };
export type CompactReport = { before: number; after: number; texts: number };
export type ExportOptions = { documents: DocumentId[]; tags: TagId[]; groupBy: GroupBy };
/** The first `limit` characters of what the export writes. */
export type ExportPreview = { markdown: string; highlights: number; documents: number; whole: boolean };

/** Commands of the core: run through `call`. */
export interface Commands {
  document_list: { args: Record<string, never>; result: Document[] };
  document_open: { args: { document: DocumentId }; result: OpenDocument };
  document_paste: { args: { text: string; title?: string }; result: Document };
  document_update: { args: { document: DocumentId; title: string; author: string; publisher: string; published: string; url: string; accessed: string; language: string }; result: Document };
  document_delete: { args: { document: DocumentId }; result: null };
  highlight_create: { args: { document: DocumentId; start: number; end: number; tags: TagId[]; note?: string; /** move the ends to whole graphemes and off white space instead of refusing */ snap?: boolean }; result: Highlight };
  highlight_quote: { args: { document: DocumentId; quote: string; occurrence?: number; tags: TagId[]; note?: string }; result: Highlight };
  highlight_bounds: { args: { highlight: HighlightId; start: number; end: number; snap?: boolean }; result: Highlight };
  highlight_note: { args: { highlight: HighlightId; note: string }; result: Highlight };
  highlight_tag: { args: { highlights: HighlightId[]; tag: TagId; on: boolean }; result: null };
  highlight_delete: { args: { highlights: HighlightId[] }; result: null };
  highlight_list: { args: HighlightFilter; result: Highlight[] };
  highlight_rows: { args: { document: DocumentId; ids: HighlightId[] }; result: HighlightTable };
  highlight_cards: { args: { ids: HighlightId[] }; result: Card[] };
  tag_list: { args: Record<string, never>; result: Tag[] };
  tag_create: { args: { name: string; colour?: string; key?: string; definition?: string; parent?: TagId }; result: Tag };
  tag_update: { args: { tag: TagId; name: string; colour: string; key: string | null; definition: string; parent: TagId | null }; result: Tag };
  tag_merge: { args: { from: TagId; into: TagId }; result: { moved: number } };
  /** `highlights`: what happens to highlights that carry no other tag. */
  tag_delete: { args: { tag: TagId; highlights: "keep" | "delete" }; result: { untagged: number; deleted: number } };
  relation_list: { args: Record<string, never>; result: Relation[] };
  relation_create: { args: { label: string; inverse: string; symmetric: boolean }; result: Relation };
  link_create: { args: { from: HighlightId; to: HighlightId; relation: RelationId; note?: string }; result: Link };
  link_update: { args: { link: LinkId; relation: RelationId; note: string }; result: Link };
  link_delete: { args: { link: LinkId }; result: null };
  link_list: { args: { relation?: RelationId }; result: Link[] };
  search: { args: { query: string; limit?: number }; result: SearchResults };
  dashboard: { args: Record<string, never>; result: Dashboard };
  dashboard_strips: { args: { document: DocumentId }; result: Strip[] };
  paragraphs_uncovered: { args: { document: DocumentId }; result: Paragraph[] };
  /** Newest first. */
  history_list: { args: { limit?: number }; result: Change[] };
  undo: { args: Record<string, never>; result: Change };
  redo: { args: Record<string, never>; result: Change };
  export_preview: { args: ExportOptions & { limit?: number }; result: ExportPreview };
  project_check: { args: Record<string, never>; result: CheckReport };
  project_compact: { args: Record<string, never>; result: CompactReport };
}

export type Theme = "system" | "light" | "dark";
/** The person's own settings, kept beside the projects, not in them. */
export type Settings = { theme: Theme; /** a drag that starts inside a word takes whole words */ wholeWords: boolean; /** keys without Ctrl or Alt act in the reader and in lists */ singleKeys: boolean };
export type RecentProject = { name: string; folder: string };
export type DesktopState = { version: string; project: { name: string; folder: string }; recent: RecentProject[]; settings: Settings };
export type Imported = { documents: DocumentId[]; refused: { name: string; error: ApiError }[] };
/** `name` is the file name that was chosen, without its folder; null when the dialog was closed. */
export type Saved = { name: string | null };

/** Commands of the desktop shell: also run through `call`; they open native dialogs, so no path ever comes from the window. */
export interface DesktopCommands {
  desktop_state: { args: Record<string, never>; result: DesktopState };
  settings_set: { args: Settings; result: Settings };
  import_pick: { args: Record<string, never>; result: Imported };
  export_save: { args: ExportOptions; result: Saved };
  figure_save: { args: { name: string; svg: string }; result: Saved };
  project_new: { args: Record<string, never>; result: DesktopState | null };
  project_open: { args: Record<string, never>; result: DesktopState | null };
  /** `index` into `recent` */
  project_open_recent: { args: { index: number }; result: DesktopState };
  project_copy: { args: Record<string, never>; result: Saved };
  /** The window has saved what was being typed and may close. */
  window_close: { args: Record<string, never>; result: null };
}

/** Events from the shell. */
export interface Events {
  /** after every write, by this window or by another process */
  changed: Changes;
  /** another project is open now */
  project: DesktopState;
  /** files were dropped on the window */
  imported: Imported;
  /** files are being dragged over the window */
  dragging: boolean;
  /** the window was asked to close: save, then call window_close */
  closing: null;
}
