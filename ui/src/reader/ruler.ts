/**
 * Why: measuring text needs a DOM Range, and every Range that was ever made stays alive until it is collected; each
 * change of the DOM has to adjust all of them. A hundred measured highlights a frame made scrolling ten times slower.
 * So there is one Range for all measuring, and it lies at the start of the document between two uses.
 *
 * Absent on purpose: the model. It measures between DOM positions.
 */
type Position = { readonly node: Text; readonly at: number };

let ruler: globalThis.Range | null = null;

/** The rectangles between two positions, in window coordinates. */
export function rectanglesBetween(from: Position, to: Position): DOMRect[] {
  return measured(from, to, (range) => [...range.getClientRects()]);
}

/** The one rectangle around all that lies between two positions, in window coordinates. */
export function boundsBetween(from: Position, to: Position): DOMRect {
  return measured(from, to, (range) => range.getBoundingClientRect());
}

function measured<T>(from: Position, to: Position, take: (range: globalThis.Range) => T): T {
  ruler ??= document.createRange();
  ruler.setStart(from.node, from.at);
  ruler.setEnd(to.node, to.at);
  const result = take(ruler);
  ruler.setStart(document, 0);
  ruler.collapse(true);
  return result;
}
