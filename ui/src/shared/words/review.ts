// What the window says about a text that changed: highlights that await review, corrections, versions.

import { counted, formats, moment } from './app';

const highlights = (count: number): string => counted(count, 'highlight', 'highlights');
const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** From these scores on, the best first. */
const MATCHES: readonly (readonly [least: number, words: string])[] = [
  [0.8, 'close match'],
  [0.6, 'similar words'],
  [0, 'faint match'],
];

/** "close match, 0.87" */
function match(score: number, same: boolean): string {
  const name = same ? 'the same words' : (MATCHES.find(([least]) => score >= least)?.[1] ?? 'faint match');
  return `${name}, ${score.toFixed(2)}`;
}

/** "3 highlights await review" */
const awaiting = (count: number): string => `${counted(count, 'highlight awaits', 'highlights await')} review`;

export const review = {
  title: 'Review',
  about:
    'A text changed: these highlights lost their place, or were found again by similar words only. Each is listed until you decide.',
  awaiting,
  open: 'Review',
  list: 'Highlights that await review',
  reasons: { lost: 'place lost', approximate: 'place not confirmed' },
  was: 'Marked',
  mayBe: 'May stand at',
  noCandidate: 'Nothing like it was found in the text as it is now.',
  match,
  present: 'its present place',
  gone: 'no longer there:',
  added: 'new:',
  take: 'Take this place',
  takeName: (quote: string) => `Take this place: ${quote}`,
  confirm: 'Confirm',
  confirmName: (quote: string) => `Confirm: ${quote}`,
  confirmAll: (count: number) => `Confirm all ${count}`,
  confirmAllName: (count: number, title: string) => `Confirm all ${count} listed places in ${title}`,
  show: 'Show in text',
  showName: (quote: string) => `Show in text: ${quote}`,
  remove: 'Remove highlight',
  removeName: (quote: string) => `Remove highlight: ${quote}`,
  note: 'Note',
  more: (count: number) => `Show ${count} more`,
  allDocuments: 'All documents',
  empty: 'Nothing awaits review',
  emptyText:
    'When a text changes, highlights that lose their place or are found only by similar words are listed here.',
  seek: 'Mark its place',
  seekName: (quote: string) => `Mark its place: ${quote}`,
  placing: {
    label: 'Mark a place',
    task: 'Select where it stands now',
    take: 'This is its place',
    nothingSelected: 'Select its place in the text first.',
  },
  taken: 'The highlight has a place again',
  confirmed: (count: number) => (count === 1 ? 'Confirmed the place' : `Confirmed ${count} places`),
  removed: 'Removed the highlight',

  correct: {
    menu: 'Correct the text…',
    title: 'Correct text',
    paragraph: 'Paragraph',
    hint: 'Saving makes a new version of the document. The one before stays and can be read.',
    changedMeanwhile: 'The text was changed meanwhile. Copy what you wrote, close, and begin again from the new text.',
    nothingOpen: 'Open a document first.',
    noParagraph: 'There is no paragraph to correct.',
    same: 'The text is as it was.',
    done: (carried: number) =>
      carried > 0 ? `Corrected the text; ${highlights(carried)} carried along` : 'Corrected the text',
  },

  versions: {
    fromFile: 'New version from a file…',
    taken: (name: string) => `The text is now that of “${name}”`,
    same: (name: string) => `“${name}” has the same text; nothing was changed`,
    title: 'Versions',
    current: 'current',
    facts: (format: string, length: number) => `${formats[format] ?? format} · ${counted(length, 'word', 'words')}`,
    counts: (placed: number, waiting: number) =>
      waiting > 0 ? `${highlights(placed)} placed, ${waiting.toLocaleString('en-GB')} to review` : highlights(placed),
    at: moment,
    read: 'Read',
    readName: (at: number) => `Read the version of ${dates.format(at)}, ${moment(at)}`,
    name: (at: number) => `Version of ${dates.format(at)}`,
    pages: 'Pages of the version',
    page: (first: number, last: number, all: number) => `Paragraphs ${first}–${last} of ${all}`,
    earlier: 'Previous',
    later: 'Next',
    loading: 'Opening…',
    text: 'Text of the version',
  },

  sources: {
    changed: (title: string, others: number) =>
      `“${title}” changed on disk since it was imported.` +
      (others > 0 ? ` So did ${counted(others, 'other document', 'other documents')}.` : ''),
    take: 'New version',
    decline: 'Not now',
    title: 'File',
    states: { same: 'as it was imported', changed: 'changed on disk', gone: 'not found where it was' },
    takeFrom: 'New version from the file',
    forget: 'Stop watching',
    forgotten: (name: string) => `“${name}” is not watched any more`,
  },
} as const;
