// What the frame of the window says: header, documents, tags, dialogs, commands.

/** A count with its noun: `counted(1, 'word', 'words')` → "1 word". */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** A moment within today as "14:02", within the week as "Tue 14:02", earlier as "3 Mar 2026, 14:02"; UTC milliseconds in. */
export function moment(at: number, now: number = Date.now()): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === new Date(now).toDateString()) return time;
  const weekMs = 6 * 24 * 60 * 60 * 1000;
  if (at <= now && now - at < weekMs) return `${date.toLocaleDateString('en-GB', { weekday: 'short' })} ${time}`;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${time}`;
}

/** A letter of a script that is written from right to left. */
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Facts on one line, those that there are. Beside one that runs from right to left each is kept apart, so that none takes
    up the digits of the next. */
export function joined(facts: readonly string[]): string {
  const there = facts.filter((fact) => fact !== '');
  const apart = there.some((fact) => RIGHT_TO_LEFT.test(fact));
  return there.map((fact) => (apart ? `\u2068${fact}\u2069` : fact)).join(' · ');
}

/** A date as sources give it: ISO dates in words ("14 Mar 2026", "Mar 2026"), anything else as it was written. */
export function sourceDate(published: string): string {
  const iso = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(published.trim());
  if (!iso) return published.trim();
  const [, year, month, day] = iso;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (Number.isNaN(date.getTime()) || date.getUTCMonth() !== Number(month) - 1) return published.trim();
  return date.toLocaleDateString('en-GB', {
    ...(day ? { day: 'numeric' as const } : {}),
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

const commands = {
  'reading.nextSentence': 'Next sentence',
  'reading.previousSentence': 'Previous sentence',
  'reading.extendNext': 'Extend to the next sentence',
  'reading.extendPrevious': 'Extend to the previous sentence',
  'reading.endLater': 'Move the end a word later',
  'reading.endEarlier': 'Move the end a word earlier',
  'reading.startLater': 'Move the start a word later',
  'reading.startEarlier': 'Move the start a word earlier',
  'reading.nextHighlight': 'Next highlight',
  'reading.previousHighlight': 'Previous highlight',
  'reading.pageDown': 'Page down',
  'reading.pageUp': 'Page up',
  'reading.home': 'Start of the text',
  'reading.end': 'End of the text',
  'reading.selectAll': 'Select the whole text',
  'reading.find': 'Find in this text…',
  'reading.findNext': 'Find the next place',
  'reading.findPrevious': 'Find the place before',
  'reading.back': 'Back to where you were',
  'marking.openCard': 'Open the card of the highlight',
  'marking.note': 'Write a note',
  'marking.tag': 'Tag the passage…',
  'marking.link': 'Link the passage',
  'marking.confirm': 'Confirm the place of the highlight',
  'marking.remove': 'Remove the highlight',
  'history.undo': 'Undo',
  'history.redo': 'Redo',
  'history.show': 'History',
  'view.read': 'Read',
  'view.dashboard': 'Dashboard',
  'view.links': 'Links',
  'view.search': 'Search',
  'review.show': 'Review highlights whose place changed',
  'view.outline': 'Outline of the document',
  'view.messages': 'Go to the messages',
  palette: 'Command palette',
  'documents.open': 'Open a document…',
  'documents.filter': 'Filter the documents',
  'documents.details': 'Document details…',
  'documents.export': 'Export the notes of one document…',
  'documents.delete': 'Delete a document…',
  'documents.removeSample': 'Remove the sample',
  'documents.import': 'Import documents…',
  'documents.importFolders': 'Import folders…',
  'documents.importWhole': 'Import web pages whole…',
  'documents.original': 'Save the original of the open document…',
  'documents.version': 'New version of the open document from a file…',
  'documents.wholePage': 'Take the whole page of the open document',
  'documents.fill': 'Fill in the details of the open document from a file…',
  'documents.paste': 'New document from pasted text…',
  'documents.print': 'Print the document…',
  'documents.correct': 'Correct the text…',
  'list.edit': 'Edit the document or tag in the list',
  'list.remove': 'Delete the document or tag in the list',
  'tags.create': 'New tag…',
  'tags.inside': 'New tag inside another…',
  'tags.edit': 'Edit tag…',
  'tags.merge': 'Edit tag → Merge tags…',
  'tags.delete': 'Delete tag…',
  'tags.only': 'Show only one tag…',
  'tags.clearFilter': 'Show all tags',
  'figures.save': 'Save a figure of the dashboard as SVG…',
  export: 'Export notes…',
  'project.new': 'New project…',
  'project.open': 'Open project…',
  'project.recent': 'Open a recent project…',
  'project.copy': 'Make a copy of the project…',
  'project.check': 'Check the project',
  'project.compact': 'Compact the project…',
  'theme.system': 'Theme: as the system',
  'theme.light': 'Theme: light',
  'theme.dark': 'Theme: dark',
  'settings.wholeWords': 'Switch whole-word selection on or off',
  'settings.singleKeys': 'Switch single-letter keys on or off',
  'settings.watchSources': 'Switch watching of imported files on or off',
  help: 'Keyboard shortcuts',
} as const;

/** Key caps that are not simply their character. */
const keyNames: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Enter: 'Enter',
  Delete: 'Delete',
  ' ': 'Space',
};

/** What the format of a source is called. */
export const formats: Readonly<Record<string, string>> = {
  text: 'Plain text',
  markdown: 'Markdown',
  html: 'Web page',
  mhtml: 'Saved web page',
  epub: 'EPUB',
  docx: 'Word document',
  odt: 'OpenDocument text',
  rtf: 'Rich text (RTF)',
  pdf: 'PDF',
  revised: 'Edited text',
};

/** The same where there is little room; a text that is only a text has none. */
const shortFormats: Readonly<Record<string, string>> = {
  html: 'Web page',
  mhtml: 'Web page',
  epub: 'EPUB',
  docx: 'Word',
  odt: 'ODT',
  rtf: 'RTF',
  pdf: 'PDF',
};

const q = (text: string): string => `“${text}”`;

export const app = {
  name: 'Gloss',
  untitled: 'Untitled',
  commands,
  keyNames,
  counted,
  moment,
  joined,
  sourceDate,
  actions: {
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    create: 'Create',
    delete: 'Delete',
    dismiss: 'Dismiss',
    undo: 'Undo',
    redo: 'Redo',
    back: 'Back',
  },
  header: {
    tabs: 'Views',
    project: 'Project',
    projectMenu: (name: string) => `Project ${name}`,
    recent: 'Recent',
    theme: 'Theme and reading',
    themeHeading: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    readingHeading: 'Reading',
    wholeWords: 'Select whole words',
    singleKeys: 'Single-letter keys',
    filesHeading: 'Files',
    watchSources: 'Watch imported files',
    saved: 'Saved',
    saving: 'Saving…',
    failed: 'Not saved',
    palette: 'Command palette',
  },
  documents: {
    title: 'Documents',
    filter: 'Filter documents',
    filterHint: 'Filter…',
    menu: (title: string) => `More about ${q(title)}`,
    details: 'Details…',
    exportNotes: 'Export its notes…',
    delete: 'Delete…',
    words: (count: number) => counted(count, 'word', 'words'),
    format: (format: string) => shortFormats[format] ?? '',
    sample: 'Sample',
    empty: 'No documents yet',
    emptyText: 'Import a text, drop files on the window, or paste one.',
    import: 'Import…',
    paste: 'Paste text…',
    none: 'No document matches',
    bar: (
      first: readonly { tag: { name: string }; count: number }[],
      others: { tags: number; count: number } | null,
    ): string =>
      `Highlights: ${[
        ...first.map(({ tag, count }) => `${tag.name} ${count.toLocaleString('en-GB')}`),
        ...(others
          ? [`${counted(others.tags, 'other tag', 'other tags')} ${others.count.toLocaleString('en-GB')}`]
          : []),
      ].join(', ')}`,
    deleteTitle: 'Delete the document?',
    deleteText: (title: string, highlights: number) =>
      `${q(title)} goes with ${counted(highlights, 'highlight', 'highlights')}, their notes and links. You can undo this.`,
    tookWholePage: (title: string) => `${q(title)} now has the whole page`,
    deleted: (title: string) => `Deleted ${q(title)}`,
  },
  details: {
    title: 'Document details',
    fields: {
      title: 'Title',
      author: 'Author',
      publisher: 'Publisher',
      published: 'Published',
      url: 'Address (URL)',
      accessed: 'Accessed',
      language: 'Language',
      kind: 'Kind of source',
    },
    authorHint: 'Several names are parted by semicolons',
    noKind: 'Not said',
    found: 'Found in the file',
    confirms: 'What is marked was found in the file. Saving confirms it.',
    dateHint: '2026-03-14, 2026-03 or as the source says it',
    languageHint: 'A code such as en, ru or ko',
    facts: (format: string, length: number, at: number) =>
      `${formats[format] ?? format} · ${counted(length, 'word', 'words')} · imported ${moment(at)}`,
    saved: 'Details saved',
    cited: 'Cited as',
  },
  filling: {
    fill: 'Fill in from a file…',
    choose: 'Which source?',
    filter: 'Filter sources',
    none: 'No source matches',
    count: (found: number, all: number) =>
      found === all
        ? counted(all, 'source', 'sources')
        : `${found.toLocaleString('en-GB')} of ${counted(all, 'source', 'sources')}`,
    more: (count: number) => `${counted(count, 'more matches', 'more match')}: type to narrow the list.`,
    line: (line: number) => `line ${line.toLocaleString('en-GB')}`,
    remarks: (count: number) => `${counted(count, 'source', 'sources')} of the file could not be read as a whole:`,
    remark: (line: number, what: string) => `The source in line ${line.toLocaleString('en-GB')} ${what}.`,
    moreRemarks: (count: number) => `And ${counted(count, 'other', 'others')}.`,
    filled: (name: string) => `Filled in from “${name}”. Look through it: nothing is saved yet.`,
    nothing: (name: string) => `“${name}” says nothing else than what stands here.`,
    putBack: 'Put back',
    before: (former: string) => `Before: ${former}`,
    empty: 'Was empty',
  },
  paste: {
    title: 'New document from pasted text',
    text: 'Text',
    name: 'Title',
    nameHint: 'Left empty, the first line becomes the title',
    create: 'Make document',
  },
  tags: {
    title: 'Tags',
    create: 'New tag',
    all: 'Show all',
    filter: (name: string) => `Show only ${name}`,
    menu: (name: string) => `More about ${name}`,
    edit: 'Edit…',
    inside: 'New tag inside…',
    merge: 'Merge into another…',
    empty: 'No tags yet',
    count: (count: number) => counted(count, 'highlight', 'highlights'),
  },
  tag: {
    title: 'Edit tag',
    newTitle: 'New tag',
    name: 'Name',
    colour: 'Colour',
    colours: ['Vermilion', 'Green', 'Blue', 'Magenta', 'Ochre', 'Violet'] as readonly string[],
    hex: 'Other colour',
    hexHint: '# and six digits',
    hexProblem: 'A colour is written as # and six digits, such as #0072b2.',
    key: 'Key',
    keyHint: 'One letter or digit; marks with this tag while reading',
    keyLength: 'A key is one letter or digit.',
    keyIsCommand: (key: string, command: string) => `${key.toUpperCase()} already means: ${command}.`,
    keyIsTag: (key: string, tag: string) => `${key.toUpperCase()} is the key of ${tag}.`,
    definition: 'Definition',
    definitionHint: 'When this tag applies and when it does not',
    parent: 'Inside',
    noParent: 'No other tag',
    nameProblem: 'A tag needs a name.',
    saved: (name: string) => `Saved tag ${name}`,
    created: (name: string) => `New tag ${name}`,
    deleteTitle: (name: string) => `Delete ${name}?`,
    deleteText: (count: number) =>
      count === 0
        ? 'No highlight carries it.'
        : `${counted(count, 'highlight carries', 'highlights carry')} it. What should happen to those that carry no other tag?`,
    keep: 'Keep them, without a tag',
    discard: 'Delete them, with their notes and links',
    deleted: (name: string, untagged: number, gone: number) =>
      [
        `Deleted tag ${name}`,
        untagged ? `${counted(untagged, 'highlight is', 'highlights are')} without a tag now` : '',
        gone ? `${counted(gone, 'highlight', 'highlights')} deleted` : '',
      ]
        .filter(Boolean)
        .join('; '),
    merge: 'Merge…',
    delete: 'Delete…',
  },
  merge: {
    title: 'Merge tags',
    into: (name: string) => `Merge ${name} into`,
    text: (from: string, into: string, count: number) =>
      `${counted(count, 'highlight', 'highlights')} tagged ${from} will be tagged ${into} instead, and ${from} goes. You can undo this.`,
    confirm: 'Merge',
    done: (from: string, into: string, moved: number) =>
      `Merged ${from} into ${into}: ${counted(moved, 'highlight', 'highlights')}`,
    none: 'There is no other tag to merge into.',
  },
  linking: {
    title: 'Link passage',
    from: 'From',
    steps: ['What kind of link?', 'To which passage?'] as readonly string[],
    inverse: (label: string) => `other way: ${label}`,
    symmetric: 'the same both ways',
    newRelation: 'New relation…',
    label: 'Reads',
    labelHint: 'as in: this passage … the other',
    inverseLabel: 'Read from the other end',
    isSymmetric: 'Reads the same from both ends',
    create: 'Add relation',
    note: 'Note on the link (optional)',
    search: 'Search quotes and notes',
    pickInText: 'Pick in a text',
    pickHint: 'or click a highlight in any document',
    newest: 'Newest highlights',
    found: (count: number) => counted(count, 'passage', 'passages'),
    none: 'No passage found',
    results: 'Passages',
    listHint: '↓ ↑ choose, Enter links',
    lastUsed: 'used last',
    bar: 'Click the other passage, in any document',
    barLabel: 'Linking',
    searchInstead: 'Search instead',
    itself: 'A passage cannot be linked to itself. Pick another one.',
    made: (relation: string) => `Linked: ${relation}`,
    change: 'Change',
  },
  exporting: {
    title: 'Export notes',
    documents: 'Documents',
    allDocuments: 'All documents',
    tags: 'Tags',
    allTags: 'All highlights',
    allTagsHint: 'also those without a tag',
    groupBy: 'Group by',
    groups: { document: 'Document', tag: 'Tag' },
    preview: 'Preview',
    summary: (highlights: number, count: number) =>
      `${counted(highlights, 'highlight', 'highlights')} in ${counted(count, 'document', 'documents')}`,
    cut: 'The preview ends here; the file goes on.',
    save: 'Save…',
    saved: (name: string) => `Saved as ${name}`,
    chooseDocument: 'Choose at least one document.',
    chooseTag: 'Choose at least one tag.',
    nothing: 'There is nothing to export yet.',
    damaged: 'Something in this project is damaged; it may be missing here, or stand here with � in it.',
  },
  history: {
    title: 'History',
    undid: (label: string) => `Undid: ${label}`,
    redid: (label: string) => `Redid: ${label}`,
    undone: 'undone',
    empty: 'Nothing has been changed yet',
    emptyText: 'Every change will be listed here and can be undone, also after a restart.',
    newer: 'Something newer was done since. Use the history to go back step by step.',
    capped: (count: number) => `The newest ${count} steps`,
  },
  help: {
    title: 'Keyboard shortcuts',
    groups: {
      reading: 'Reading',
      marking: 'Marking and history',
      going: 'Going places',
      project: 'Project, documents, tags',
      window: 'Window',
    },
    tagKeys: 'Mark with',
    singles:
      'Single letters act while the text or a list has the focus, never while you type. Press g, then the second letter.',
    version: (version: string) => `Gloss ${version}`,
  },
  palette: {
    title: 'Command palette',
    field: 'Command, document or tag',
    hint: 'Type a command, a document or a tag…',
    document: 'Document',
    tag: 'Tag with',
    none: 'Nothing found',
    list: 'Commands',
    choose: { tag: 'Which tag?', document: 'Which document?', recent: 'Which project?', figure: 'Which figure?' },
    chooseHint: 'Type part of the name; Backspace goes back',
    noSample: 'There is no sample in this project.',
    noPlace: 'The place of this highlight is certain already.',
  },
  project: {
    open: (name: string) => `Opened ${name}`,
    saveCopy: 'Save a copy…',
    reopen: 'Open it again',
    copied: (name: string) => `Copied to ${name}`,
    compactTitle: 'Compact the project?',
    compactText:
      'Texts that no document and no step of the history needs are dropped, and the file is packed. This cannot be undone.',
    compact: 'Compact',
    compacted: (before: number, after: number, texts: number) =>
      `Compacted from ${bytes(before)} to ${bytes(after)}; ${counted(texts, 'text', 'texts')} dropped`,
    checkTitle: 'Check of the project',
    checkOk: 'Everything is in order',
    checkBad: (count: number) => `${counted(count, 'problem', 'problems')} found`,
    checked: (documents: number, highlights: number, links: number) =>
      `Checked ${counted(documents, 'document', 'documents')}, ${counted(highlights, 'highlight', 'highlights')} and ${counted(links, 'link', 'links')}: the database is sound and every quote equals its passage.`,
    checkedBad: (documents: number, highlights: number, links: number) =>
      `Checked ${counted(documents, 'document', 'documents')}, ${counted(highlights, 'highlight', 'highlights')} and ${counted(links, 'link', 'links')}.`,
  },
  importing: {
    done: (count: number) => `Imported ${counted(count, 'document', 'documents')}`,
    refusedTitle: (count: number) => `${counted(count, 'file was', 'files were')} not imported`,
    passed: (count: number) => `${counted(count, 'file of another kind was', 'files of other kinds were')} left out`,
    undecoded: (name: string, count: number) =>
      `“${name}”: ${counted(count, 'character', 'characters')} could not be decoded and ${count === 1 ? 'is' : 'are'} shown as \uFFFD`,
    originalSaved: (name: string) => `Saved the original as “${name}”`,
    progress: (which: number, total: number) => `Importing ${which} of ${total}`,
    drop: 'Drop to import',
    dropText: 'Each file becomes a document of this project, and so does each file in a folder.',
  },
  closing: {
    title: 'Close without saving?',
    text: 'Some of what you typed could not be saved. If you close now, it is lost; if you stay, you can copy it or try again.',
    confirm: 'Close anyway',
  },
  leaving: {
    title: 'Leave without saving?',
    text: 'Some of what you typed could not be saved in this project. If you leave it now, that is lost; if you stay, you can save a copy, or try again.',
    confirm: 'Leave anyway',
  },
  messages: {
    label: 'Messages',
  },
  settings: {
    wholeWords: (on: boolean) => `Whole-word selection is ${on ? 'on' : 'off'}`,
    singleKeys: (on: boolean) => `Single-letter keys are ${on ? 'on' : 'off'}`,
    watchSources: (on: boolean) =>
      on ? 'Imported files are watched' : 'Imported files are neither watched nor remembered',
  },
} as const;

/** A file size with two significant places: "1.4 MB". Decimal units, as file managers show them. */
function bytes(count: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  let size = count;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size.toLocaleString('en-GB', { maximumFractionDigits: unit > 0 && size < 10 ? 1 : 0 })} ${units[unit]}`;
}
