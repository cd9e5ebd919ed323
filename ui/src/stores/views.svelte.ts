// Where the window is: which view fills the middle, which dialog is open. A dialog is asked for by its name and what
// it is about; the app draws it. Linking has its own store, because it outlives its dialog.

import type { CheckReport, DocumentId, ExportOptions, Imported, TagId } from '../api/contract';
import type { CommandId } from '../shared/keys';

export const VIEWS = ['read', 'dashboard', 'links', 'search'] as const;
export type View = (typeof VIEWS)[number];

export type DialogRequest =
  | { name: 'export'; options?: Partial<ExportOptions> }
  /** `tag: null` makes a new one; `deleting` starts at the question what becomes of its highlights. */
  | { name: 'tag'; tag: TagId | null; parent?: TagId | null; deleting?: boolean }
  | { name: 'merge'; tag: TagId }
  /** `filling`: begins with the choice of a file to fill it in from. */
  | { name: 'details'; document: DocumentId; filling?: boolean }
  /** `range`: a paragraph of the open text, in UTF-16 code units. */
  | { name: 'correct'; range: { start: number; end: number } }
  | { name: 'paste' }
  | { name: 'keys' }
  | { name: 'history' }
  /** Without a document, of all documents. */
  | { name: 'review'; document?: DocumentId }
  /** `choosing`: the command that first asks for a tag, a document or a project. */
  | { name: 'palette'; choosing?: CommandId }
  | { name: 'refused'; refused: Imported['refused'] }
  | { name: 'check'; report: CheckReport }
  | {
      name: 'confirm';
      title: string;
      text: string;
      confirm: string;
      danger?: boolean;
      run: () => Promise<void> | void;
    };

class Views {
  current = $state<View>('read');
  dialog = $state.raw<DialogRequest | null>(null);
  /** Goes up by one each time the search box should take the focus. */
  focusSearch = $state(0);
  /** Likewise for the outline of the open document. */
  focusOutline = $state(0);
  /** Likewise for the filter over the list of documents. */
  focusFilter = $state(0);

  show(view: View): void {
    this.current = view;
  }

  open(dialog: DialogRequest): void {
    this.dialog = dialog;
  }

  close(): void {
    this.dialog = null;
  }

  /** Goes to the search view and puts the cursor into its box. */
  search(): void {
    this.current = 'search';
    this.focusSearch += 1;
  }

  /** Goes to the outline of the open document, beside the text. */
  outline(): void {
    this.current = 'read';
    this.focusOutline += 1;
  }
}

export const views = new Views();
