// The documents of the project, as the list on the left shows them. Texts are not here: the reading store holds the
// one that is open.

import { call } from '../api/call';
import type { Document, DocumentId } from '../api/contract';
import { words } from '../shared/words';
import { history } from './history.svelte';
import { kept } from './kept';
import { latest } from './latest';
import { messages } from './messages.svelte';
import { saving } from './saving.svelte';
import { views } from './views.svelte';

class Documents {
  /** In the order of the project. */
  list = $state.raw<Document[]>([]);
  /** False until the first answer, so that an empty project is not announced too early. */
  loaded = $state(false);

  #byId = $derived(new Map(this.list.map((document) => [document.id, document])));

  byId(id: DocumentId): Document | undefined {
    return this.#byId.get(id);
  }

  /** Asks for the list again; rejects with an `ApiError`. */
  reload = latest(async () => {
    this.list = kept(this.list, await call('document_list', {}));
    this.loaded = true;
  });

  /** Deletes a document: at once if nothing hangs on it or it is the sample, otherwise after a question. Can be undone. */
  askToRemove(id: DocumentId): void {
    const document = this.byId(id);
    if (!document) return;
    if (document.sample || document.highlights === 0) {
      void this.remove(id);
      return;
    }
    const title = document.title || words.app.untitled;
    views.open({
      name: 'confirm',
      title: words.app.documents.deleteTitle,
      text: words.app.documents.deleteText(title, document.highlights),
      confirm: words.app.actions.delete,
      danger: true,
      run: () => this.remove(id),
    });
  }

  /** Makes everything that a web page shows the text of its document, of which there was the main text only. */
  async takeWholePage(id: DocumentId): Promise<void> {
    try {
      await saving.flush();
      await saving.track(call('document_whole_page', { document: id }));
      await history.report(words.app.documents.tookWholePage(this.byId(id)?.title || words.app.untitled));
    } catch (error) {
      messages.fail(error);
    }
  }

  /** Deletes a document and reports it with a way back. */
  async remove(id: DocumentId): Promise<void> {
    const title = this.byId(id)?.title || words.app.untitled;
    try {
      await saving.flush();
      await saving.track(call('document_delete', { document: id }));
      await history.report(words.app.documents.deleted(title));
    } catch (error) {
      messages.fail(error);
    }
  }
}

export const documents = new Documents();
