/**
 * Every sentence that the Dashboard, Links and Search views show or say.
 *
 * One place, so that wording can be read, corrected and translated as a whole. Numbers reach these functions raw and leave
 * formatted; nothing here knows a component. What a refused call says is not here: its message comes with the error.
 */

import { joined } from './app';
import { pageLabel } from './reader';

const whole = new Intl.NumberFormat('en-GB');
const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 0 });
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });

/** "1,240" */
const number = (n: number): string => whole.format(n);
/** "37%" of a fraction from 0 to 1. A fraction that is neither none nor all never rounds to "0%" or "100%". */
const share = (part: number): string => {
  if (part > 0 && part < 0.005) return '<1%';
  if (part < 1 && part >= 0.995) return '>99%';
  return percent.format(part);
};
/** "1 highlight", "1,240 highlights" */
const count = (n: number, one: string, many: string): string => `${number(n)} ${n === 1 ? one : many}`;
const highlights = (n: number): string => count(n, 'highlight', 'highlights');
const links = (n: number): string => count(n, 'link', 'links');
const documents = (n: number): string => count(n, 'document', 'documents');
const paragraphs = (n: number): string => count(n, 'paragraph', 'paragraphs');
/** The core stops counting hits here. */
const HITS_COUNTED = 10_000;
/** "412 hits", "10,000 hits or more" */
const hitCount = (n: number): string => count(n, 'hit', n < HITS_COUNTED ? 'hits' : 'hits or more');
const untitled = 'Untitled document';

type Part = { from: number; to: number; of: number };

export const viewWords = {
  number,
  share,
  highlights,
  links,
  documents,
  paragraphs,
  untitled,
  /** "¶ 4"; an anchor that has lost its place has no paragraph. */
  paragraph: (n: number | null): string => (n === null ? 'place not found' : `¶ ${number(n)}`),
  /** "p. 12 · ¶ 4": the page where the source has pages. */
  where: (page: string | null, n: number | null): string =>
    joined([page === null ? '' : pageLabel(page), n === null ? 'place not found' : `¶ ${number(n)}`]),
  /** "14 Mar 2026", in the reader's time zone, from UTC milliseconds */
  day: (at: number): string => days.format(at),
  /** "14 March 2026 at 09:41" */
  moment: (at: number): string => moments.format(at),
  loading: 'Loading…',
  close: 'Close',

  dashboard: {
    name: 'Dashboard',
    figures: 'Figures',
    empty: 'Nothing to count yet',
    emptyMore: 'Mark a passage in a document. Its tags, notes and links are counted here as you work.',
    headline: {
      documents: (n: number) => (n === 1 ? 'document' : 'documents'),
      highlights: (n: number) => (n === 1 ? 'highlight' : 'highlights'),
      noted: () => 'with a note',
      links: (n: number) => (n === 1 ? 'link' : 'links'),
      untagged: () => 'untagged',
      contradictions: (n: number) => (n === 1 ? 'contradiction' : 'contradictions'),
      covered: (n: number) => (n === 1 ? 'paragraph covered' : 'paragraphs covered'),
      uncovered: () => 'not yet covered',
    },
    headlineNames: {
      documents: (n: number) => documents(n),
      highlights: (n: number) => highlights(n),
      noted: (n: number, of: number) => `${number(n)} with a note, of ${highlights(of)}`,
      links: (n: number) => links(n),
      untagged: (n: number, of: number) => `${number(n)} untagged, of ${highlights(of)}`,
      contradictions: (n: number) => count(n, 'contradiction', 'contradictions'),
      covered: (n: number) => `${paragraphs(n)} covered by a highlight`,
      uncovered: (n: number) => `${number(n)} not yet covered ${n === 1 ? 'paragraph' : 'paragraphs'}`,
    },
    byTag: {
      title: 'Highlights by tag',
      about: (n: number) => `${highlights(n)}; a highlight may carry several tags`,
      cell: (tag: string, n: number, part: number) => `${tag}: ${highlights(n)}, ${share(part)} of all`,
      axis: 'highlights',
    },
    byDocument: {
      title: 'Tag by document',
      about: 'Highlights in each document; select a cell to list its passages',
      document: 'Document',
      cell: (tag: string, title: string, n: number) => `${tag} in ${title}: ${highlights(n)}`,
    },
    together: {
      title: 'Tags that occur together',
      about: 'Highlights that share both tags; bold: more often than chance',
      tag: 'Tag',
      cell: (a: string, b: string, n: number, more: boolean) =>
        `${a} with ${b}: ${highlights(n)}${more ? ', more often than chance' : ''}`,
      empty: 'No highlight carries two tags yet.',
    },
    where: {
      title: 'Where each tag falls',
      about: (title: string) => `Position in “${title}”, start to end`,
      choose: 'Document',
      mark: (tag: string, n: number, at: number) => `${tag}, ${share(at)} into the text: ${highlights(n)}`,
      count: (tag: string, title: string, n: number) => `${tag} in ${title}: ${highlights(n)}`,
      empty: 'No tagged highlight in this document yet.',
      axis: 'share of the text',
    },
    relations: {
      title: 'Links by relation',
      about: (n: number) => `${links(n)}; contradictions first`,
      cell: (label: string, n: number) => `${label}: ${links(n)}`,
      empty: 'No links yet. With a highlight focused, press X to tie it to another passage.',
      axis: 'links',
    },
    contradictions: {
      title: 'Contradictions',
      about: 'Links marked “contradicts”, newest first',
      first: (shown: number, total: number) => `The newest ${number(shown)} of ${number(total)}.`,
      all: 'List all',
      empty: 'No contradictions marked.',
    },
    open: {
      title: 'Still open',
      about: 'What has not been tagged, noted or read closely yet',
      untagged: 'without a tag',
      unnoted: 'without a note',
      uncovered: 'paragraphs not covered',
      highlightCell: (what: string, n: number, of: number) => `${what}: ${number(n)} of ${highlights(of)}`,
      paragraphCell: (what: string, n: number, of: number) => `${what}: ${number(n)} of ${number(of)}`,
      axis: 'share still open',
    },
    coverage: {
      title: 'Paragraphs not yet covered',
      about: 'Paragraphs that no highlight touches, by document',
      document: 'Document',
      coveredHead: 'covered',
      uncoveredHead: 'not yet',
      part: 'share',
      covered: (title: string, n: number, of: number) => `${title}: highlights in ${number(n)} of ${paragraphs(of)}`,
      uncovered: (title: string, n: number) => `${title}: ${paragraphs(n)} not yet covered`,
      axis: 'share of paragraphs covered',
    },
    /** Below the title of a saved table that was cut short. */
    firstDocuments: (shown: number, of: number) =>
      shown < of ? `The first ${number(shown)} of ${documents(of)}` : documents(of),
    showAllDocuments: (n: number) => `Show all ${documents(n)}`,
    showFewerDocuments: (n: number) => `Show the first ${number(n)}`,
    /** Below a table that is larger than its tile. */
    seen: ({ columns, rows }: { columns: Part | null; rows: Part | null }): string => {
      const part = (what: string, { from, to, of }: Part): string =>
        `${what} ${number(from)}–${number(to)} of ${number(of)}`;
      const parts = [columns ? part('columns', columns) : '', rows ? part('rows', rows) : ''].filter(Boolean);
      const text = parts.join(' and ');
      return `${text.charAt(0).toUpperCase()}${text.slice(1)} are seen; the rest is reached by scrolling.`;
    },
    showAllTags: (n: number) => `Show all ${count(n, 'tag', 'tags')}`,
    showFewerTags: (n: number) => `Show the first ${number(n)}`,
    save: 'Save as SVG',
    saveName: (title: string) => `Save as SVG: ${title}`,
    saved: (name: string) => `Saved ${name}.`,
    /** Written under a saved figure, which leaves the window without its surroundings. */
    source: 'Gloss',
  },

  passages: {
    name: 'Passages',
    none: 'No passage answers to this any more.',
    more: (n: number) => `Show ${number(n)} more`,
    untagged: 'no tag',
    noted: 'Note',
    titles: {
      documents: 'All documents',
      highlights: 'All highlights',
      noted: 'Highlights with a note',
      unnoted: 'Highlights without a note',
      untagged: 'Highlights without a tag',
      links: 'All links',
      contradictions: 'Contradictions',
      covered: 'Documents by paragraphs covered',
      uncovered: 'Documents by paragraphs not yet covered',
      tag: (tag: string) => tag,
      tagIn: (tag: string, title: string) => `${tag} in ${title}`,
      pair: (a: string, b: string) => `${a} with ${b}`,
      at: (tag: string, at: number) => `${tag}, ${share(at)} into the text`,
      relation: (label: string) => `Links: ${label}`,
      inDocument: (title: string) => `Highlights in ${title}`,
      uncoveredIn: (title: string) => `Not yet covered in ${title}`,
    },
    covered: (n: number, of: number) => `${number(n)} of ${paragraphs(of)} covered`,
  },

  linksView: {
    name: 'Links',
    title: 'Links between passages',
    total: (n: number) => links(n),
    found: (shown: number, all: number) => `${number(shown)} of ${links(all)}`,
    relation: 'Relation',
    allRelations: 'All relations',
    filter: 'Filter links',
    filterHint: 'Quote, document or note…',
    columns: {
      relation: 'Relation',
      fromQuote: 'From passage',
      toQuote: 'To passage',
      fromTitle: 'From document',
      toTitle: 'To document',
      note: 'Note',
      created: 'Made',
      remove: 'Remove',
    },
    openFrom: (quote: string, title: string) => `Open the passage it starts from, in ${title}: ${quote}`,
    openTo: (quote: string, title: string) => `Open the passage it leads to, in ${title}: ${quote}`,
    remove: 'Remove',
    removed: 'Link removed; both passages are kept.',
    removeName: (relation: string, from: string, to: string) => `Remove link: ${from} ${relation} ${to}`,
    empty: 'No links yet',
    emptyMore:
      'In the Read view, focus a highlight and press X: choose how it relates to another passage, then the passage.',
    noneFound: 'No link matches this filter.',
    clear: 'Clear the filter',
    pages: 'Pages of links',
    page: (first: number, last: number, all: number) => `${number(first)}–${number(last)} of ${number(all)}`,
    earlier: 'Previous page',
    later: 'Next page',
    table: 'All links; arrow keys move, Enter opens a passage, Delete removes the link',
  },

  search: {
    name: 'Search',
    label: 'Search texts, quotes, notes and titles',
    clear: 'Clear',
    found: (hits: number, groups: number) => `${hitCount(hits)} in ${documents(groups)}`,
    foundFirst: (shown: number, hits: number) => `The first ${number(shown)} of ${hitCount(hits)}`,
    groupFound: (n: number) => count(n, 'hit', 'hits'),
    more: 'Show more hits',
    none: 'No hits',
    noneMore: (query: string) => `Nothing matches ${query}. Try fewer words, or a prefix such as sanction*.`,
    place: {
      text: (n: number | null) => (n === null ? 'text' : `text ¶ ${number(n)}`),
      quote: (n: number | null) => (n === null ? 'quote' : `quote ¶ ${number(n)}`),
      note: (n: number | null) => (n === null ? 'note' : `note ¶ ${number(n)}`),
      title: () => 'title',
    },
    helpTitle: 'What the box understands',
    help: [
      { write: 'rail fuel', means: 'both words' },
      { write: '"mutual assistance"', means: 'the exact phrase' },
      { write: 'sanction*', means: 'words that begin like this' },
      { write: 'rail OR ship', means: 'either word; AND, NOT and brackets work too' },
      { write: 'tag:military', means: 'passages that carry a tag' },
      { write: 'doc:capitals', means: 'only documents with this in their title' },
      { write: 'author:petrova', means: 'only documents by this author' },
      { write: 'has:note', means: 'passages with a note' },
      { write: 'has:link', means: 'passages tied to another' },
    ],
    helpScripts:
      'Accents may be left out. Cyrillic, Korean, Chinese and Arabic are found as they are written, emoji and signs such as € and § too.',
    tryName: (write: string) => `Try ${write}`,
    remarks: 'Remarks on the search',
    instead: (write: string) => `Write ${write.trim()}`,
    keys: '↓ goes to the results, Enter opens a passage in its place',
    results: 'Results',
  },
};
