// Finding a thing by typing part of its name: for the filter over the documents and for the command palette. The search
// over texts is the core's and has nothing to do with this.

/** Lower case without diacritics, so that "Kovář" is found by "kovar". */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFC');
}

/** Whether every word of `query` occurs somewhere in `text`. */
export function containsWords(text: string, query: string): boolean {
  const folded = fold(text);
  return fold(query)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

/** What a word of the query is worth where it is found: a whole word, the start of one, inside one; in the name, or beside it. */
const NAME = { whole: 12, start: 10, inside: 6 };
const SYNONYM = { whole: 8, start: 7, inside: 3 };
/** The query stands in the name as it was typed: at its start, or somewhere. */
const AS_TYPED = { first: 12, somewhere: 4 };
/** Letters in order are a guess: they come after all that has the words. */
const GUESS = -1000;

/**
 * How well a thing answers to `query`: null when it does not, otherwise more is better. Each word of the query occurs in
 * the name or among the synonyms, in any order; failing that, the letters of the query occur in the name in order.
 */
export function score(name: string, synonyms: string, query: string): number | null {
  const wanted = wordsOf(query);
  const folded = fold(name);
  const typed = fold(query.trim());
  const own = wordsOf(name);
  const others = wordsOf(synonyms);
  let sum = folded.startsWith(typed) ? AS_TYPED.first : folded.includes(typed) ? AS_TYPED.somewhere : 0;
  for (const word of wanted) {
    const worth = worthAmong(own, word, NAME) ?? worthAmong(others, word, SYNONYM);
    if (worth === null) {
      const guess = fuzzy(name, query);
      return guess === null ? null : GUESS + guess;
    }
    sum += worth;
  }
  return sum - own.length / 10;
}

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function worthAmong(among: readonly string[], word: string, worth: typeof NAME): number | null {
  if (among.includes(word)) return worth.whole;
  if (among.some((one) => one.startsWith(word))) return worth.start;
  return among.some((one) => one.includes(word)) ? worth.inside : null;
}

/** What a match of a letter is worth: one that goes on a run most, the start of a word next. */
const IN_ORDER = 9;
const WORD_START = 8;
const ANYWHERE = 1;
/** What each letter that was skipped inside the match costs. */
const SKIPPED = 0.2;

/** How well the letters of `query` occur in order in `text`: null when they don't, otherwise more is better. */
export function fuzzy(text: string, query: string): number | null {
  const letters = [...fold(query).replace(/\s+/g, '')];
  const among = [...fold(text)];
  if (letters.length === 0) return 0;
  let best: number | null = null;
  // Each place of the first letter is tried, or "link" would miss the word that it starts for one that holds an l.
  for (let first = 0; first < among.length; first += 1) {
    if (among[first] !== letters[0]) continue;
    const score = scoreFrom(among, letters, first);
    if (score !== null && (best === null || score > best)) best = score;
  }
  return best;
}

function scoreFrom(among: readonly string[], letters: readonly string[], first: number): number | null {
  let score = 0;
  let at = first;
  let former = -2;
  for (const letter of letters) {
    while (at < among.length && among[at] !== letter) at += 1;
    if (at >= among.length) return null;
    const starts = at === 0 || /[\s:,.…/-]/.test(among[at - 1] ?? '');
    score += former === at - 1 ? IN_ORDER : starts ? WORD_START : ANYWHERE;
    if (former >= 0) score -= (at - former - 1) * SKIPPED;
    former = at;
    at += 1;
  }
  return score - among.length / 1000;
}
