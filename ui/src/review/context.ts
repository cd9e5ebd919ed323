// What stands around a passage, as it is shown beside it: the words of its own paragraph. The core gives a few letters of
// each side, wherever they begin and end.

/** As many code points come from the core where the text goes on. */
const GIVEN = 32;

const goesOn = (text: string): boolean => !text.includes('\n') && [...text].length >= GIVEN;

/** What stands before: of the same paragraph, from a whole word on. */
export function lead(text: string): string {
  const line = text.slice(text.lastIndexOf('\n') + 1);
  return goesOn(text) ? `… ${line.replace(/^\S*\s+(?=\S)/u, '')}` : line;
}

/** What stands after: of the same paragraph, up to a whole word. */
export function trail(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return goesOn(text) ? `${line.replace(/(?<=\S)\s+\S*$/u, '')} …` : line;
}
