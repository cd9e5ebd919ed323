// A sentence for each remark on a query. Total: a new code without a sentence does not type-check. The command line has
// its own in `src-tauri/src/cli/remarks.rs`.

import type { RemarkCode } from '../../api/contract';

export const remarks: Readonly<Record<RemarkCode, (part: string) => string>> = {
  tag_unknown: (part) => `No tag is named “${part}”, so no passage carries it.`,
  tag_ambiguous: (part) => `Several tags are named “${part}” but for case or accents. Write the name exactly.`,
  document_unknown: (part) => `No document has “${part}” in its title.`,
  author_unknown: (part) => `No document has an author “${part}”.`,
  field_unknown: (part) =>
    `There is no field “${part}:”. The fields are tag:, doc:, author: and has:. It is searched for as words.`,
  operator_unknown: (part) => `“${part}” is no operator here. It is searched for as a word.`,
  sign_unknown: (part) => `“${part}” is no operator here. It is left out.`,
  operator_dangling: (part) => `${part} has nothing to join. It is left out.`,
  operator_small: (part) => `“${part}” is searched for as a word. Operators are written in capitals.`,
  filter_inside: (part) => `The filter “${part}” holds for the whole search, not for one side of OR or for NOT ( ).`,
  quote_open: () => 'The quotation mark is not closed. All that follows it is the phrase.',
  parenthesis_open: () => 'The parenthesis is not closed. It ends with the search.',
  parentheses_empty: () => 'There is nothing in the parentheses. They are left out.',
  star_misplaced: (part) => `A star stands only at the end of a word. The one in “${part}” is left out.`,
  nothing_to_find: (part) => `“${part}” holds no letter, digit or symbol to look for.`,
};
