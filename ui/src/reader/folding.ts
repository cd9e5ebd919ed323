/**
 * Why: finding in a text what is seen, not how it is stored. A text is folded as the search over the project folds its
 * words (`core/src/folding.rs`; the fixture `tests/fixtures/folding.json` holds both to the same), with a way back from
 * every folded place to the text.
 *
 * Absent on purpose: words. Here any run of signs is found, also inside a word; quotation marks, dashes and blanks of
 * every kind are one, because they are part of what is sought.
 */
/* eslint-disable no-misleading-character-class -- the classes hold single code points: marks, joiners and colours of skins */
import { graphemeCeil, graphemeFloor } from './boundaries';
import type { Range } from './text';

/** Signs that nobody sees; a joiner is one too, but between two emoji it is seen. */
const UNSEEN =
  /[\u{ad}\u{34f}\u{61c}\u{17b4}\u{17b5}\u{180b}-\u{180f}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{fe00}-\u{fe0f}\u{feff}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;
/** Marks that only decorate their letter. Every other mark is a letter of its script. */
const DIACRITIC =
  /(?=\p{M})[\u{300}-\u{36f}\u{483}-\u{489}\u{591}-\u{5c7}\u{610}-\u{61a}\u{64b}-\u{65f}\u{670}\u{6d6}-\u{6ed}\u{711}\u{730}-\u{74a}\u{7eb}-\u{7f3}\u{816}-\u{82d}\u{859}-\u{85b}\u{897}-\u{89f}\u{8ca}-\u{8ff}\u{951}-\u{954}\u{1ab0}-\u{1aff}\u{1cd0}-\u{1cf9}\u{1dc0}-\u{1dff}\u{20d0}-\u{20ff}\u{2cef}-\u{2cf1}\u{2de0}-\u{2dff}\u{302a}-\u{302f}\u{3099}\u{309a}\u{a66f}-\u{a67d}\u{a69e}\u{a69f}\u{a8e0}-\u{a8f1}\u{fb1e}\u{fe20}-\u{fe2f}]/u;
const APOSTROPHE =
  /[\u{2018}-\u{201b}\u{2032}\u{2039}\u{203a}\u{2b9}-\u{2bf}\u{2c8}\u{2ca}\u{2cb}\u{2ee}\u{7f4}\u{7f5}\u{a78b}\u{a78c}\u{ff07}`´]/u;
const QUOTATION = /[\u{201c}-\u{201f}\u{2033}«»]/u;
const DASH = /[\u{2010}-\u{2015}\u{2212}]/u;

/** Letters that have no decomposition, as those type them who have no key for them. */
const BASES = new Map(
  'ß:ss æ:ae œ:oe þ:th ƀ:b ɓ:b ƈ:c ȼ:c đ:d ð:d ɖ:d ɗ:d ǥ:g ɠ:g ħ:h ı:i ɨ:i ɉ:j ƙ:k ł:l ƚ:l ŋ:n ø:o ƥ:p ɍ:r ŧ:t ƭ:t ⱦ:t ʉ:u ɏ:y ƴ:y ƶ:z ȥ:z ς:σ ى:ي ی:ي ک:ك ٱ:ا ـ:'
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** Characters that fold to their lower case alone and carry on no character before them: most of what is written. */
const PLAIN =
  '\\0-_a-\\x7f\\u0410-\\u044f\\u0627-\\u063a\\u0641\\u0642\\u0644-\\u0648\\u0905-\\u0928\\u092a-\\u0930\\u0932\\u0933\\u0935-\\u0939\\u0e01-\\u0e30\\u0e32\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc-\\u30fe\\u3131-\\u318e\\u4e00-\\u9fff\\uac00-\\ud7a3';
/** Several code points that fold to one letter: decomposed Hangul, kana with their voicing, й, ї, ў, ѓ, ќ. */
const COMPOSED =
  '[\\u1100-\\u1112][\\u1161-\\u1175][\\u11a8-\\u11c2]?|[\\u3041-\\u30fe\\uff66-\\uff9d][\\u3099\\u309a\\uff9e\\uff9f]|[иИуУ]\\u0306|[іІ]\\u0308|[гГкК]\\u0301';
/** The vowel am of Thai and its tone, in any order. */
const AM = '[\\u0e48-\\u0e4b]\\u0e33|[\\u0e48-\\u0e4b]\\u0e4d|\\u0e33';
/** An emoji of several code points. */
const EMOJI =
  '\\p{RI}\\p{RI}|\\p{ExtPict}[\\ufe0e\\ufe0f\\u{1f3fb}-\\u{1f3ff}\\u{e0020}-\\u{e007f}]*(?:\\u200d\\p{ExtPict}[\\ufe0e\\ufe0f\\u{1f3fb}-\\u{1f3ff}]*)*';
const SINGLE = new RegExp(`${EMOJI}|${AM}|[^${PLAIN}]`, 'gu');
const SEVERAL = new RegExp(`${COMPOSED}|${EMOJI}|${AM}|[^${PLAIN}]`, 'gu');
const HAS_SEVERAL = /[\u0301\u0306\u0308\u3099\u309a\uff9e\uff9f\u1161-\u1175]/;
const IS_COMPOSED = new RegExp(`^(?:${COMPOSED})$`, 'u');
const IS_EMOJI = new RegExp(`^(?:${EMOJI})$`, 'u');
const IS_PLAIN = new RegExp(`^[${PLAIN}]$`, 'u');
const JOINER = '\u200d';

/** A digit of any script as one of ASCII: the ten digits of a script stand in a row. */
function digit(letter: string): string {
  if (letter < '\u0660' || !/^\p{Nd}$/u.test(letter)) return letter;
  const code = letter.codePointAt(0) ?? 0;
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

function letter(part: string): string {
  if (DIACRITIC.test(part)) return '';
  if (APOSTROPHE.test(part)) return "'";
  if (QUOTATION.test(part)) return '"';
  if (DASH.test(part)) return '-';
  return BASES.get(part) ?? digit(part);
}

/** What a match of the patterns above folds to. */
function fold(match: string): string {
  if (IS_COMPOSED.test(match)) return match.normalize('NFKC').toLowerCase();
  if (match.length > 1 && IS_EMOJI.test(match))
    return match.replace(/[\ufe0e\ufe0f\u{1f3fb}-\u{1f3ff}]/gu, '') || match;
  if (match.endsWith('\u0e33')) return `\u0e4d${match.slice(0, -1)}\u0e32`;
  if (match.endsWith('\u0e4d')) return [...match].reverse().join('');
  if (UNSEEN.test(match)) return '';
  if (/[йїўѓќ\u3094\u30f4]/iu.test(match) || /^\s$/u.test(match)) return match.toLowerCase();
  if (APOSTROPHE.test(match)) return "'";
  let out = '';
  for (const part of match.normalize('NFKD')) for (const lower of part.toLowerCase()) out += letter(lower);
  return out;
}

/** What was folded before. */
const known = new Map<string, string>();

function folded(match: string): string {
  let found = known.get(match);
  if (found === undefined) {
    found = fold(match);
    known.set(match, found);
  }
  return found;
}

/** A folded text, and where its places are in the text itself. */
export class Folded {
  readonly text: string;
  readonly #source: string;
  /** Places of the folded text from where on the distance to the text is another one, ascending, and the place of each. */
  readonly #from: number[] = [0];
  readonly #to: number[] = [0];

  constructor(source: string) {
    this.#source = source;
    const pieces: string[] = [];
    let length = 0;
    let copied = 0;
    for (const match of source.matchAll(HAS_SEVERAL.test(source) ? SEVERAL : SINGLE)) {
      const [part] = match;
      const text = folded(part);
      const at = match.index;
      if (text === part) continue;
      pieces.push(source.slice(copied, at).toLowerCase(), text);
      length += at - copied;
      copied = at + part.length;
      // Each unit of what several fold to leads to the first of them.
      for (let unit = 1; unit < text.length; unit += 1) this.#note(length + unit, at);
      length += text.length;
      if (text.length !== 1 || part.length !== 1) this.#note(length, copied);
    }
    pieces.push(source.slice(copied).toLowerCase());
    this.text = pieces.join('');
  }

  #note(folded: number, place: number): void {
    if (this.#from.at(-1) === folded) this.#to[this.#to.length - 1] = place;
    else {
      this.#from.push(folded);
      this.#to.push(place);
    }
  }

  /** The place in the text that a folded place leads to. */
  #place(folded: number): number {
    let low = 0;
    let high = this.#from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#from[middle] as number) <= folded) low = middle + 1;
      else high = middle;
    }
    return (this.#to[low - 1] as number) + folded - (this.#from[low - 1] as number);
  }

  /**
   * The range of the text, in whole characters, that a range of the folded text stands for; null when it is only a part
   * of a character that is seen as one: a person in a family, a letter without its vowel sign.
   */
  outward(start: number, end: number): Range | null {
    const source = this.#source;
    const first = this.#place(start);
    const last = this.#place(end - 1);
    const after = Math.max(this.#place(end), last + 1);
    if (this.text.charAt(end) === JOINER || this.text.charAt(start - 1) === JOINER) return null;
    if (this.#isPlain(first) && this.#isPlain(after)) return { start: first, end: after };
    const range = { start: graphemeFloor(source, first), end: graphemeCeil(source, last + 1) };
    if (range.start < first && this.#place(start - 1) !== first) return null;
    if (range.end > after && this.#place(end) !== last) return null;
    return range;
  }

  /** Whether a character begins at a place for certain. */
  #isPlain(place: number): boolean {
    return place >= this.#source.length || IS_PLAIN.test(this.#source.charAt(place));
  }
}
