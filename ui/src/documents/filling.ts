// What a reference from a file makes of the details that stand in the dialog. Pure: nothing is saved here, and what stood
// there before is kept, so that it can be shown and put back.

import type { DocumentField, Reference } from '../api/contract';

/** The fields of the dialog. */
export type Fields = Record<DocumentField, string>;

/** Details that were filled in and not saved yet. */
export type Filled = {
  /** Of the file. */
  readonly name: string;
  /** What stood in the dialog before. */
  readonly former: Fields;
  readonly reference: Reference;
};

/** The fields with what a reference says; a field of which it says nothing is as it was. */
export function filledIn({ former, reference }: Filled): Fields {
  const fields = { ...former };
  for (const field of Object.keys(former) as DocumentField[]) fields[field] = reference[field] || former[field];
  return fields;
}

/** The fields that stand there otherwise than before. */
export function replaced({ former }: Filled, fields: Fields): DocumentField[] {
  return (Object.keys(former) as DocumentField[]).filter((field) => fields[field] !== former[field]);
}
