// Saving a figure: the picture is drawn when it is asked for, and the shell asks where it goes. No path comes this way.

import { call } from '../api/call';
import { messages } from '../stores/messages.svelte';
import { viewWords } from '../shared/words/views';
import { drawSheet, type Figure } from './figures/sheet';

/** Draws the figure and hands it to the shell's save dialog; reports the outcome as a message. */
export async function saveFigure(figure: Figure): Promise<void> {
  try {
    const svg = drawSheet(figure, viewWords.dashboard.source);
    const { name } = await call('figure_save', { name: figure.title, svg });
    if (name !== null) messages.say(viewWords.dashboard.saved(name));
  } catch (error) {
    messages.fail(error);
  }
}
