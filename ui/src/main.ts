// Where the window starts: fonts, tokens, then the app. Nothing is loaded from a network, now or later.

import '@fontsource-variable/inter';
import '@fontsource-variable/source-serif-4';
import '@fontsource-variable/source-serif-4/wght-italic.css';
import './shared/tokens.css';
import './shared/base.css';
import './app/print.css';
import { mount } from 'svelte';
import App from './app/App.svelte';

// After the libraries have loaded, because one of them assigns to a prototype while it does; before any text arrives.
Object.freeze(Object.prototype);

mount(App, { target: document.body });
