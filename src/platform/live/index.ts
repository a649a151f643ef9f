/** Live updates to connected browsers and programs. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { createLiveHub, type LiveHub, type LiveHubDeps } from './live-hub.ts';
export { type LiveMessage, onMessage, type Sender } from './live-messages.ts';
export type { MayWatch } from './presence.ts';
export const liveMessages: Catalogues = { en, ja };
