// What the reading view and the margin say.

/** "military, economic; has a note" */
function highlight(tags: readonly string[], traits: { noted: boolean; linked: boolean; doubtful: boolean }): string {
  const parts = [tags.length > 0 ? tags.join(', ') : 'no tag'];
  if (traits.noted) parts.push('has a note');
  if (traits.linked) parts.push('has links');
  if (traits.doubtful) parts.push('place to be checked');
  return parts.join('; ');
}

/** "p. 12", "pp. 12–13"; a label that is no number stands alone. */
export function pageLabel(label: string): string {
  if (!/\p{N}|^[ivxlcdm]+$/iu.test(label)) return label;
  return `${label.includes('–') ? 'pp' : 'p'}. ${label}`;
}

export const reader = {
  text: 'Document text',
  margin: 'Margin notes',
  toolbar: 'Highlight',
  highlight,
  page: pageLabel,
  pageBegins: (label: string) => `Page ${label}`,
  footnote: (label: string) => `Footnote ${label}`,
  backToText: (label: string) => `Back to the text from footnote ${label}`,
  outline: 'Outline',
  noOutline: 'This text has too few headings for an outline.',
  note: 'Note',
  link: 'Link',
  linkHere: 'Link to this',
  moreTags: 'More tags…',
  tagPicker: 'Tags',
  tagFilter: 'Filter or new tag',
  createTag: (name: string) => `New tag “${name}”`,
  noTags: 'No tag of that name.',
  addNote: 'Add a note…',
  noteField: (quote: string) => `Note on “${quote}”`,
  card: (tags: string, quote: string) => `${tags}: “${quote}”`,
  untagged: 'no tag',
  removeTag: (name: string) => `Remove tag ${name}`,
  addTag: 'Tag',
  removeHighlight: 'Delete',
  removeLink: 'Remove link',
  goTo: (title: string) => `Go to the passage in “${title}”`,
  incoming: (label: string) => `← ${label}`,
  outgoing: (label: string) => `${label} →`,
  doubtful: 'Found again in a new version of the text: check the place.',
  confirmPlace: 'It is right',
  more: (count: number) => `+${count}`,
  moreTitle: (count: number) => `${count} more highlights lie here; their brackets and the text reach them`,
  crowd: (count: number) => `${count} highlights here`,
  moveStart: 'Drag the start',
  moveEnd: 'Drag the end',
  back: 'Back',
  sample: 'This is a sample, written for Gloss.',
  removeSample: 'Remove sample',
  wordsKept: (kept: number, of: number) =>
    `Main text only: ${kept.toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')} words of the page.`,
  wholePage: 'Whole page',
  accessed: (date: string) => `accessed ${date}`,
  loading: 'Opening…',
  find: 'Find in this text',
  findNext: 'Next place',
  findPrevious: 'Place before',
  findClose: 'Close',
  found: (at: number, count: number, more: boolean) => `${at} of ${count.toLocaleString('en')}${more ? '+' : ''}`,
  foundNothing: 'not found',
  nothingToPrint: 'No document is open.',
  nothingOpen: 'No document is open',
  nothingOpenText: 'Choose one from the list on the left.',
  empty: 'Nothing to read yet',
  emptyText:
    'Drop files here or press Ctrl+O: text, Markdown, HTML, Word, OpenDocument, EPUB and PDF. They stay on this machine.',
  noWayBack: 'There is no earlier place to go back to.',
  withoutPlace: 'This highlight has no place in the current version of the text.',
  nothingMarked: 'Select a passage first: with the mouse, or J and K for whole sentences.',
  noNextHighlight: 'There is no highlight after this one.',
  noPreviousHighlight: 'There is no highlight before this one.',
} as const;
