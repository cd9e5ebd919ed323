-- The schema of a Gloss project: one SQLite file, by convention named *.gloss.
--
-- Ids are UUID v7 as 16-byte blobs, made by the program. Times are UTC milliseconds since 1970.
-- Positions are Unicode code points in the canonical text of a version, half open, so that
--   substr(text.body, start + 1, end - start)
-- is the quoted passage. Nothing that a person types is unique, and no id carries a meaning.

-- "Glos", so that `file` and the program itself know the file.
PRAGMA application_id = 0x476c6f73;
PRAGMA user_version = 3;

-- ---------------------------------------------------------------------------------------------------------------
-- Immutable and content-addressed: outside the journal, dropped only by an explicit compact.
-- ---------------------------------------------------------------------------------------------------------------

-- A canonical text: decoded, one leading byte order mark stripped, line ends LF, U+0000 replaced by U+FFFD.
CREATE TABLE text (
  hash BLOB NOT NULL PRIMARY KEY,        -- SHA-256 of the UTF-8 bytes of body
  length INTEGER NOT NULL,               -- code points
  words INTEGER NOT NULL,                -- runs of letters and digits
  body TEXT NOT NULL                     -- last, so that the columns before it are read without it
) STRICT;

-- The blocks and spans over a text, as an importer found them.
CREATE TABLE structure (
  hash BLOB NOT NULL PRIMARY KEY,        -- SHA-256 of body
  body TEXT NOT NULL                     -- {"blocks":[[start,end,kind,level]…],"spans":[[start,end,kind,target]…]}
) STRICT;

-- The bytes of a file as it was imported. Bytes that are the canonical text itself are not here: they are in text.
CREATE TABLE original (
  hash BLOB NOT NULL PRIMARY KEY,        -- SHA-256 of bytes
  bytes BLOB NOT NULL
) STRICT;

-- ---------------------------------------------------------------------------------------------------------------
-- What a person makes: every change to these tables is recorded in the journal and can be undone.
-- ---------------------------------------------------------------------------------------------------------------

-- A source text with its metadata. What is known about the source is csl; title to language and kind are read from it
-- and written with it, for lists and searches. Dates are kept as they were given ("2024", "2024-06", "19 June 2024").
CREATE TABLE document (
  id BLOB NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  publisher TEXT NOT NULL,
  published TEXT NOT NULL,
  url TEXT NOT NULL,
  accessed TEXT NOT NULL,
  language TEXT NOT NULL,                -- BCP 47, or empty
  sample INTEGER NOT NULL DEFAULT 0,     -- 1: the sample that the first start brings
  version BLOB NOT NULL,                 -- the current version
  created_at INTEGER NOT NULL,
  kind TEXT NOT NULL DEFAULT '',         -- "report", "speech"…, a type of CSL, or empty
  csl TEXT NOT NULL DEFAULT '{}',        -- one item of CSL-JSON, without id
  found TEXT NOT NULL DEFAULT '[]'       -- the fields found in the file and not confirmed yet: ["title","author"…]
) STRICT, WITHOUT ROWID;

-- One immutable text of a document. An edited or re-imported source makes a new version.
CREATE TABLE version (
  id BLOB NOT NULL PRIMARY KEY,
  document BLOB NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  text_hash BLOB NOT NULL,               -- text.hash
  structure_hash BLOB NOT NULL,          -- structure.hash
  original_hash BLOB NOT NULL,           -- original.hash
  format TEXT NOT NULL,                  -- "text", "markdown", "html", "mhtml", "epub", "docx", "odt", "rtf", "pdf"
  encoding TEXT NOT NULL,                -- what the bytes were decoded from
  imported_at INTEGER NOT NULL,
  whole_page INTEGER NOT NULL DEFAULT 0, -- 1: everything seen on a web page was taken, not only its main text
  page_words INTEGER NOT NULL DEFAULT 0  -- words of the whole page when only its main text was taken; 0: nothing left out
) STRICT, WITHOUT ROWID;
CREATE INDEX version_by_document ON version (document);

-- A marked passage. Overlaps and identical spans are normal.
CREATE TABLE highlight (
  id BLOB NOT NULL PRIMARY KEY,
  document BLOB NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  note TEXT NOT NULL DEFAULT '',         -- Markdown
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX highlight_by_document ON highlight (document);
CREATE INDEX highlight_noted ON highlight (document) WHERE note <> '';

-- Where a highlight sits in a version. start and "end" are null while the place is lost and awaits a person.
CREATE TABLE anchor (
  highlight BLOB NOT NULL REFERENCES highlight (id) ON DELETE CASCADE,
  version BLOB NOT NULL REFERENCES version (id) ON DELETE CASCADE,
  start INTEGER,
  "end" INTEGER,
  exact TEXT NOT NULL,                   -- the passage itself
  prefix TEXT NOT NULL,                  -- at most 32 code points before it
  suffix TEXT NOT NULL,                  -- at most 32 code points after it
  method TEXT NOT NULL,                  -- "made", "diff", "quote", "approximate", "lost"
  score REAL NOT NULL,                   -- 0 to 1
  confirmed INTEGER NOT NULL,            -- 1: made or confirmed by a person
  PRIMARY KEY (highlight, version)
) STRICT, WITHOUT ROWID;
-- All that drawing and counting need, so that neither reads the quotes.
CREATE INDEX anchor_by_version ON anchor (version, start, "end", confirmed);
-- What awaits a person: few beside the others.
CREATE INDEX anchor_unconfirmed ON anchor (version, start) WHERE confirmed = 0;

-- A word of the codebook.
CREATE TABLE tag (
  id BLOB NOT NULL PRIMARY KEY,
  parent BLOB REFERENCES tag (id),       -- moved up by the program before a tag is deleted: see journal.rs
  name TEXT NOT NULL,
  colour TEXT NOT NULL,                  -- #RRGGBB
  definition TEXT NOT NULL,
  shortcut TEXT,                         -- one lower-case letter or digit
  position INTEGER NOT NULL              -- order among all tags
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_by_parent ON tag (parent);

CREATE TABLE highlight_tag (
  highlight BLOB NOT NULL REFERENCES highlight (id) ON DELETE CASCADE,
  tag BLOB NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  PRIMARY KEY (highlight, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX highlight_tag_by_tag ON highlight_tag (tag);

-- The type of a link, read from source to target by label and back by inverse.
CREATE TABLE relation (
  id BLOB NOT NULL PRIMARY KEY,
  label TEXT NOT NULL,
  inverse TEXT NOT NULL,
  symmetric INTEGER NOT NULL,            -- 1: label and inverse read the same
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A cross-reference from one highlight to another, in any document.
CREATE TABLE link (
  id BLOB NOT NULL PRIMARY KEY,
  source BLOB NOT NULL REFERENCES highlight (id) ON DELETE CASCADE,
  target BLOB NOT NULL REFERENCES highlight (id) ON DELETE CASCADE,
  relation BLOB NOT NULL REFERENCES relation (id),
  note TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_source ON link (source);
CREATE INDEX link_by_target ON link (target);
CREATE INDEX link_by_relation ON link (relation);

-- ---------------------------------------------------------------------------------------------------------------
-- The journal: one row a change, holding a changeset of SQLite's session extension over the tables above.
-- ---------------------------------------------------------------------------------------------------------------

CREATE TABLE change (
  seq INTEGER PRIMARY KEY,               -- order in this file
  id BLOB NOT NULL,
  at INTEGER NOT NULL,
  label TEXT NOT NULL,                   -- in plain words: Tagged “oil and gas” economic
  undone INTEGER NOT NULL DEFAULT 0,     -- 1: undone and can be redone
  changeset BLOB NOT NULL
) STRICT;
CREATE INDEX change_by_undone ON change (undone, seq);

-- ---------------------------------------------------------------------------------------------------------------
-- Derived: outside the journal, can be rebuilt at any time.
-- ---------------------------------------------------------------------------------------------------------------

-- One row for each thing that can be found: a paragraph, a title, a quote, a note. It repeats what a search shows, so
-- that no text is read for fifty hits in fifty documents.
CREATE TABLE passage (
  id INTEGER PRIMARY KEY,                -- rowid in passage_words
  kind TEXT NOT NULL,                    -- "text", "title", "quote", "note"
  document BLOB NOT NULL,
  highlight BLOB,                        -- for "quote" and "note"
  paragraph INTEGER,                     -- 1-based number of the paragraph that holds start
  start INTEGER,                         -- where to go in the document; null for "title" and for a lost place
  start_astral INTEGER,                  -- characters beyond U+FFFF before start
  "end" INTEGER,
  end_astral INTEGER,                    -- characters beyond U+FFFF before end
  body TEXT NOT NULL                     -- what is searched and shown
) STRICT;
CREATE INDEX passage_by_highlight ON passage (highlight) WHERE highlight IS NOT NULL;
CREATE INDEX passage_by_document ON passage (document, kind);

-- The words of each passage, folded by the program: lower case, no diacritics, every ideograph and syllable of a
-- script without spaces a word of its own, and so is every symbol, written in characters of the private range.
CREATE VIRTUAL TABLE passage_words USING fts5 (
  body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

-- What must be indexed anew before the next search. The triggers ask before they insert: the conflict clause of the
-- statement that fires a trigger would override one of its own.
CREATE TABLE stale (
  kind TEXT NOT NULL,                    -- "title", "text" (of a document), "highlight"
  id BLOB NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER document_added AFTER INSERT ON document BEGIN
  INSERT INTO stale SELECT 'title', new.id WHERE NOT EXISTS (SELECT 1 FROM stale WHERE kind = 'title' AND id = new.id);
  INSERT INTO stale SELECT 'text', new.id WHERE NOT EXISTS (SELECT 1 FROM stale WHERE kind = 'text' AND id = new.id);
END;
CREATE TRIGGER document_changed AFTER UPDATE OF title, author, publisher ON document BEGIN
  INSERT INTO stale SELECT 'title', new.id WHERE NOT EXISTS (SELECT 1 FROM stale WHERE kind = 'title' AND id = new.id);
END;
CREATE TRIGGER document_rewritten AFTER UPDATE OF version ON document BEGIN
  INSERT INTO stale SELECT 'text', new.id WHERE NOT EXISTS (SELECT 1 FROM stale WHERE kind = 'text' AND id = new.id);
  INSERT INTO stale SELECT 'highlight', h.id FROM highlight h WHERE h.document = new.id
    AND NOT EXISTS (SELECT 1 FROM stale WHERE kind = 'highlight' AND id = h.id);
END;
CREATE TRIGGER document_removed AFTER DELETE ON document BEGIN
  INSERT INTO stale SELECT 'title', old.id WHERE NOT EXISTS (SELECT 1 FROM stale WHERE kind = 'title' AND id = old.id);
  INSERT INTO stale SELECT 'text', old.id WHERE NOT EXISTS (SELECT 1 FROM stale WHERE kind = 'text' AND id = old.id);
END;
CREATE TRIGGER highlight_added AFTER INSERT ON highlight BEGIN
  INSERT INTO stale SELECT 'highlight', new.id WHERE NOT EXISTS (SELECT 1 FROM stale WHERE kind = 'highlight' AND id = new.id);
END;
CREATE TRIGGER highlight_noted AFTER UPDATE OF note ON highlight BEGIN
  INSERT INTO stale SELECT 'highlight', new.id WHERE NOT EXISTS (SELECT 1 FROM stale WHERE kind = 'highlight' AND id = new.id);
END;
CREATE TRIGGER highlight_removed AFTER DELETE ON highlight BEGIN
  INSERT INTO stale SELECT 'highlight', old.id WHERE NOT EXISTS (SELECT 1 FROM stale WHERE kind = 'highlight' AND id = old.id);
END;
CREATE TRIGGER anchor_moved AFTER UPDATE OF start, "end", exact ON anchor BEGIN
  INSERT INTO stale SELECT 'highlight', new.highlight WHERE NOT EXISTS (SELECT 1 FROM stale WHERE kind = 'highlight' AND id = new.highlight);
END;
