// How wide a title is in the list, measured before it is drawn: a list that is drawn in part must know the heights of all
// its rows. Nothing is laid out for it, and each title is measured once.

/** A title that fills its line to more than this may be broken by a rounding of the engine: it gets two lines. */
const SURELY = 0.97;

export class TitleWidths {
  readonly #widths = new Map<string, number>();
  #pen: CanvasRenderingContext2D | null | undefined;

  /** Whether a title surely stands on one line of `width` CSS pixels. */
  onOneLine(title: string, width: number): boolean {
    const measured = this.#widthOf(title);
    return measured !== null && measured <= width * SURELY;
  }

  /** Other fonts are there now. */
  forget(): void {
    this.#widths.clear();
    this.#pen = undefined;
  }

  /** Null where there is nothing to measure with. */
  #widthOf(title: string): number | null {
    const known = this.#widths.get(title);
    if (known !== undefined) return known;
    if (this.#pen === undefined) {
      this.#pen = document.createElement('canvas').getContext('2d');
      // The face of a title in DocumentItem.
      if (this.#pen) this.#pen.font = `540 13px ${getComputedStyle(document.body).fontFamily}`;
    }
    if (!this.#pen) return null;
    const { width } = this.#pen.measureText(title);
    this.#widths.set(title, width);
    return width;
  }
}
