/**
 * Why: a card belongs beside the first line of its passage, cards must not overlap, and where passages are dense there
 * is not room for all. Given where each card would like to be, this says where it goes.
 *
 * The active card gets its exact line and the others give way, up and down. A crowd shrinks to one line a card; what
 * would still lie too far from its passage is left out and counted. Absent on purpose: the DOM and the contents.
 */

/** CSS pixels in the scrolled content. `height` is the height of the whole card. In document order. */
export type Wish = { readonly id: string; readonly top: number; readonly height: number };
export type Seat = {
  readonly id: string;
  readonly top: number;
  /** Shrunk to one line. */
  readonly compact: boolean;
  /** Cards left out beside this one. */
  readonly more: number;
};

/** Between two cards, whole or shrunk. */
export const GAP = 8;
const COMPACT_GAP = 3;
/** Height of a card that shrank to one line. */
export const COMPACT = 28;
/** A card that would move further than this makes those before it shrink: a little more than the height of one. */
const CROWDED = 130;
/** A shrunk card that would lie further from its passage than this is left out: about half a screen. */
const TOO_FAR = 420;

type Placed = { wish: Wish; top: number; height: number; compact: boolean; more: number };

export function seats(wishes: readonly Wish[], active: string | null): Seat[] {
  const placed: Placed[] = [];
  for (const wish of wishes) {
    const card: Placed = { wish, top: wish.top, height: wish.height, compact: false, more: 0 };
    placed.push(card);
    sit(placed, placed.length - 1);
    if (!tooFar(card)) continue;
    shrink(placed, active);
    if (!tooFar(card) || wish.id === active) continue;
    card.compact = true;
    card.height = COMPACT;
    sit(placed, placed.length - 1);
    if (card.top - wish.top <= TOO_FAR) continue;
    placed.pop();
    const before = placed.at(-1);
    if (before) before.more++;
  }
  const card = placed.find(({ wish }) => wish.id === active);
  if (card) giveWay(placed, card);
  return placed.map(({ wish, top, compact, more }) => ({ id: wish.id, top, compact, more }));
}

function gap(compact: boolean): number {
  return compact ? COMPACT_GAP : GAP;
}

/** Shrinks the cards before the last one, nearest first, until it lies near enough to its passage or all have shrunk. */
function shrink(placed: Placed[], active: string | null): void {
  const last = placed.length - 1;
  for (let index = last; index >= 0 && tooFar(placed[last] as Placed); index--) {
    const card = placed[index] as Placed;
    if (index < last && card.top + card.height + GAP < (placed[index + 1] as Placed).top) return;
    if (card.compact || card.wish.id === active || index === last) continue;
    card.compact = true;
    card.height = COMPACT;
    for (let at = index + 1; at <= last; at++) sit(placed, at);
  }
}

function tooFar({ top, wish }: Placed): boolean {
  return top - wish.top > CROWDED;
}

/** Puts a card below its neighbour, or on its line when there is room. */
function sit(placed: Placed[], at: number): void {
  const card = placed[at] as Placed;
  const before = placed[at - 1];
  card.top = before
    ? Math.max(card.wish.top, before.top + before.height + gap(before.compact && card.compact))
    : card.wish.top;
}

/** Puts one card on its exact line; those above move up, those below down, only as far as they must. */
function giveWay(placed: Placed[], active: Placed): void {
  let at = placed.indexOf(active);
  active.top = active.wish.top;
  for (let index = at - 1; index >= 0; index--) {
    const card = placed[index] as Placed;
    const next = placed[index + 1] as Placed;
    card.top = Math.min(card.top, next.top - card.height - gap(card.compact && next.compact));
  }
  // Where they would be pushed out at the top, the active one comes down a little; of a whole crowd, some are left out.
  const cut = Math.max(0, -(placed[0] as Placed).top);
  if (cut > 0 && cut <= CROWDED) for (let index = 0; index <= at; index++) (placed[index] as Placed).top += cut;
  while (at > 0 && gone(placed[0] as Placed)) {
    const [left] = placed.splice(0, 1) as [Placed];
    (placed[0] as Placed).more += left.more + 1;
    at--;
  }
  for (let index = at + 1; index < placed.length; index++) sit(placed, index);
}

function gone({ top, wish }: Placed): boolean {
  return top < 0 || wish.top - top > TOO_FAR;
}
