// What a screen reader makes of the page, so that stories find things by role and name and never by class or position.
// The names follow the computation that browsers use, as far as this window needs it: labels, then contents, then titles.
// Deliberately absent: any knowledge of what the window is for. The text is a function body; it ends in a call of `ask`,
// which answers in JSON.

const IMPLICIT = {
  A: (el) => (el.hasAttribute('href') ? 'link' : null),
  ARTICLE: 'article',
  ASIDE: 'complementary',
  BLOCKQUOTE: 'blockquote',
  BUTTON: 'button',
  DIALOG: 'dialog',
  FIELDSET: 'group',
  H1: 'heading',
  H2: 'heading',
  H3: 'heading',
  H4: 'heading',
  H5: 'heading',
  H6: 'heading',
  HEADER: (el) => (el.closest('main, article, aside, nav, section, dialog') ? null : 'banner'),
  IMG: 'img',
  INPUT: (el) =>
    ({ button: 'button', checkbox: 'checkbox', radio: 'radio', range: 'slider', search: 'searchbox', submit: 'button' })[
      el.type
    ] ?? 'textbox',
  LI: 'listitem',
  MAIN: 'main',
  MARK: 'mark',
  NAV: 'navigation',
  OL: 'list',
  OPTION: 'option',
  OUTPUT: 'status',
  P: 'paragraph',
  PROGRESS: 'progressbar',
  PRE: 'code',
  SEARCH: 'search',
  SECTION: (el) => (el.hasAttribute('aria-label') || el.hasAttribute('aria-labelledby') ? 'region' : null),
  SELECT: (el) => (el.multiple || el.size > 1 ? 'listbox' : 'combobox'),
  TABLE: 'table',
  TBODY: 'rowgroup',
  TD: (el) => (el.closest('[role=grid]') ? 'gridcell' : 'cell'),
  TEXTAREA: 'textbox',
  TH: (el) => (el.scope === 'row' ? 'rowheader' : 'columnheader'),
  THEAD: 'rowgroup',
  TIME: 'time',
  TR: 'row',
  UL: 'list',
};
const NAMED_BY_CONTENTS = new Set([
  ...['button', 'cell', 'checkbox', 'columnheader', 'gridcell', 'heading', 'link', 'listitem', 'menuitem', 'paragraph'],
  ...['menuitemcheckbox', 'menuitemradio', 'option', 'radio', 'row', 'rowheader', 'status', 'tab', 'time'],
]);

function roleOf(el) {
  const given = el.getAttribute('role');
  if (given) return given.split(' ')[0];
  const implicit = IMPLICIT[el.tagName];
  return typeof implicit === 'function' ? implicit(el) : (implicit ?? null);
}

const tidy = (text) => text.replace(/\s+/gu, ' ').trim();

/** Text as it is read out: nothing that is hidden from screen readers. */
function contents(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  if (node.getAttribute('aria-hidden') === 'true' || getComputedStyle(node).display === 'none') return '';
  const label = node.getAttribute('aria-label');
  if (label) return ` ${label} `;
  const apart = getComputedStyle(node).display === 'inline' ? '' : ' ';
  return `${apart}${[...node.childNodes].map(contents).join('')}${apart}`;
}

function nameOf(el) {
  const by = el.getAttribute('aria-labelledby');
  if (by) {
    return tidy(
      by
        .split(/\s+/u)
        .map((id) => document.getElementById(id))
        .map((other) => (other ? (other.getAttribute('aria-label') ?? contents(other)) : ''))
        .join(' '),
    );
  }
  const label = el.getAttribute('aria-label');
  if (label) return tidy(label);
  if (el.labels?.length) return tidy([...el.labels].map(contents).join(' '));
  if (el.tagName === 'FIELDSET') return tidy(el.querySelector('legend')?.textContent ?? '');
  if (NAMED_BY_CONTENTS.has(roleOf(el))) {
    const own = tidy([...el.childNodes].map(contents).join(''));
    if (own) return own;
  }
  return tidy(el.getAttribute('title') ?? el.getAttribute('placeholder') ?? '');
}

function isThere(el, unspoken) {
  if (!el.checkVisibility({ visibilityProperty: true })) return false;
  if (!unspoken && el.closest('[aria-hidden="true"]')) return false;
  // Behind a modal dialog nothing can be reached; what is announced is still heard.
  const modal = [...document.querySelectorAll('dialog:modal')].at(-1);
  return !modal || modal.contains(el) || el.closest('[role="status"], [role="alert"]') !== null;
}

function fits(name, { how, text }) {
  if (how === 'is') return name === text;
  if (how === 'starts') return name.startsWith(text);
  if (how === 'holds') return name.includes(text);
  return true;
}

/** All elements that answer to `{role, name: {how, text}, within, unspoken}`, in document order. */
function matches(sought) {
  const roots = sought.within ? matches(sought.within) : [document.body];
  const found = roots.flatMap((root) => [...root.querySelectorAll('*')]);
  return [...new Set(found)].filter(
    (el) => roleOf(el) === sought.role && isThere(el, sought.unspoken) && fits(nameOf(el), sought.name),
  );
}

/** What is there instead, for a message about what is missing. */
function others(sought) {
  const wanted = { ...sought, name: { how: 'any', text: '' } };
  const found = matches(wanted).map(nameOf);
  if (found.length > 0 || !sought.within) return found.slice(0, 30);
  return matches(sought.within).length > 0 ? [] : ['(what it should be in is not there)'];
}

const middle = ({ left, right, top, bottom }) => ({ x: (left + right) / 2, y: (top + bottom) / 2 });

function boxOf(el) {
  const { left, right, top, bottom } = el.getBoundingClientRect();
  return { left, right, top, bottom };
}

/** Who would take a press at the middle of an element: null when it is the element itself. */
function coverOf(el) {
  const { x, y } = middle(el.getBoundingClientRect());
  const top = document.elementFromPoint(x, y);
  if (top && (el.contains(top) || top.contains(el))) return null;
  return top ? `${top.tagName.toLowerCase()} “${nameOf(top) || tidy(top.textContent).slice(0, 40)}”` : 'nothing';
}

/** Text nodes of an element that can be seen, joined to one text, with the place of each in it. */
function textOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, ({ parentElement }) =>
    parentElement.offsetWidth > 1 ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
  );
  const nodes = [];
  let text = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  return { nodes, text };
}

function pieceOf({ nodes }, start, end) {
  const at = (offset, last) => {
    const entry = nodes.findLast(({ start: from }) => (last ? from < offset : from <= offset)) ?? nodes[0];
    return [entry.node, offset - entry.start];
  };
  const range = document.createRange();
  range.setStart(...at(start, false));
  range.setEnd(...at(end, true));
  return range;
}

/** Where a quote begins and ends on the screen, just inside its first and its last letter; null when it is not there. */
function quoteBox(root, quote, occurrence) {
  const all = textOf(root);
  let start = -1;
  for (let nth = 0; nth < occurrence; nth++) {
    start = all.text.indexOf(quote, start + 1);
    if (start < 0) return null;
  }
  const end = start + quote.length;
  const letters = [...new Intl.Segmenter().segment(quote)];
  const first = pieceOf(all, start, start + letters[0].segment.length);
  const last = pieceOf(all, start + letters.at(-1).index, end);
  const holder = first.startContainer.parentElement;
  const onScreen = (box) => box && box.top >= 60 && box.bottom <= innerHeight - 20;
  if (!onScreen(first.getClientRects()[0]) || !onScreen([...last.getClientRects()].at(-1))) {
    holder.scrollIntoView({ block: 'center' });
  }
  const from = first.getClientRects()[0];
  const to = [...last.getClientRects()].at(-1);
  const rtl = getComputedStyle(holder).direction === 'rtl';
  const edge = 1;
  return {
    from: { x: rtl ? from.right - edge : from.left + edge, y: (from.top + from.bottom) / 2 },
    to: { x: rtl ? to.left + edge : to.right - edge, y: (to.top + to.bottom) / 2 },
    text: all.text.slice(start, end),
  };
}

/** Names of marks, each with the text that lies in it. */
function marksOf(root) {
  const found = new Map();
  for (const mark of root.querySelectorAll('mark[data-highlight]')) {
    const id = mark.dataset.highlight;
    const known = found.get(id) ?? { name: '', text: '', colour: '' };
    known.name ||= mark.getAttribute('aria-label') ?? '';
    known.text += mark.textContent;
    known.colour ||= getComputedStyle(mark).backgroundColor;
    found.set(id, known);
  }
  return [...found.values()];
}

/** Words that are cut off without a sign of it, and things that reach beyond the window. */
function misfits() {
  const found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} px wide in a window of ${innerWidth} px`);
  for (const el of document.querySelectorAll('body *')) {
    if (!el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const style = getComputedStyle(el);
    const own = [...el.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '');
    const box = el.getBoundingClientRect();
    // Words that only a screen reader reads are a pixel wide on purpose.
    if (box.width <= 1 || box.height <= 1) continue;
    const said = () => `${el.tagName.toLowerCase()} “${tidy(el.textContent).slice(0, 60)}”`;
    if (own && style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll') {
      if (el.scrollWidth > el.clientWidth + 1 && style.textOverflow !== 'ellipsis') found.push(`${said()} is cut off at its side`);
    }
    if (own && style.overflowY === 'hidden' && el.scrollHeight > el.clientHeight + 2 && style.webkitLineClamp === 'none') {
      found.push(`${said()} is cut off below`);
    }
    if (own && el.closest('svg') === null && box.right > innerWidth + 1 && !scrollsSideways(el)) {
      found.push(`${said()} reaches ${Math.round(box.right - innerWidth)} px beyond the window`);
    }
  }
  return found;
}

function scrollsSideways(el) {
  for (let at = el.parentElement; at; at = at.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX)) return true;
  }
  return false;
}

const QUESTIONS = {
  /** How many there are, and the names of all of that role. */
  look: ({ sought }) => ({ count: matches(sought).length, names: matches(sought).map(nameOf), others: others(sought) }),
  /** The one element: its box and who covers it. */
  place: ({ sought }) => {
    const found = matches(sought);
    if (found.length !== 1) return { count: found.length, others: others(sought) };
    const seen = found[0].getBoundingClientRect();
    const outside = seen.top < 0 || seen.bottom > innerHeight || seen.left < 0 || seen.right > innerWidth;
    // In a list that is scrolled, what lies over it may be what stands below the list.
    if (outside || coverOf(found[0])) {
      found[0].scrollIntoView({ block: 'center', inline: 'nearest' });
    }
    return { count: 1, box: boxOf(found[0]), middle: middle(boxOf(found[0])), cover: coverOf(found[0]) };
  },
  boxes: ({ sought }) => matches(sought).map((el) => ({ name: nameOf(el), ...boxOf(el) })),
  read: ({ sought }) => {
    const found = matches(sought);
    if (found.length !== 1) return { count: found.length, others: others(sought) };
    const el = found[0];
    const value = 'value' in el && el.tagName !== 'BUTTON' && el.tagName !== 'LI' ? el.value : null;
    const attributes = Object.fromEntries([...el.attributes].map(({ name, value }) => [name, value]));
    return { count: 1, text: el.innerText, raw: el.textContent, value, name: nameOf(el), attributes, focused: el === document.activeElement };
  },
  focus: () => {
    const el = document.activeElement;
    return { role: roleOf(el), name: el === document.body ? '' : nameOf(el) };
  },
  quote: ({ sought, quote, occurrence }) => {
    const root = matches(sought)[0];
    return root ? quoteBox(root, quote, occurrence) : null;
  },
  marks: ({ sought }) => {
    const root = matches(sought)[0];
    return root ? marksOf(root) : [];
  },
  misfits: () => misfits(),
  size: () => ({ width: innerWidth, height: innerHeight }),
};

const ask = (question, given) => QUESTIONS[question](given);
