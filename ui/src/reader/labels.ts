/**
 * Why: an item whose text begins with a number or a sign of its own must not get a bullet as well.
 *
 * Absent on purpose: counting. What a source wrote is what is shown.
 */

/** The label is looked for in so many code units of an item. */
export const LABELLED = 24;

const SIGN = '[•‣◦▪▫■□●○–—*+·➢✓①-⓿❶-➓-]';
/** A number, one or two letters, or a Roman number. */
const PART = String.raw`(?:\p{N}{1,4}|\p{L}{1,2}|[ivxlcdm]{1,9})`;
/** "1.", "(a)", "IV.", "[3]" */
const SINGLE = String.raw`[(\[]?${PART}[.)\]]+`;
/** "1.1", "2.3.4.", "1.a)", but not "U.S." and not "e.g.". */
const NESTED = String.raw`(?=\S*[\p{N})])[(\[]?${PART}(?:[.)]+${PART}){1,8}[.)\]]*`;
const LABEL = new RegExp(String.raw`^\s*(?:(?:${SIGN}|${SINGLE}|${NESTED})(?=\s)|${PART}、)`, 'iu');

/** Whether an item that begins like this brings its own mark. */
export function labelled(beginning: string): boolean {
  return LABEL.test(beginning);
}
