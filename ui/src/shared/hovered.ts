/**
 * Whether the pointer itself has moved. The engine sends the same event when the page moves under a pointer that rests,
 * and a list that has just changed must not choose what happens to lie there.
 */
export function hovered(event: PointerEvent): boolean {
  return event.movementX !== 0 || event.movementY !== 0;
}
