// Every visible string, in one object, one file a part of the window. Sentences that the core writes (an error's
// message, a step of the history) come as they are and are not here.

import { app } from './app';
import { errors } from './errors';
import { reader } from './reader';
import { review } from './review';
import { viewWords as views } from './views';

export const words = { app, errors, reader, review, views } as const;
