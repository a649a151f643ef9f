/** ClamAV through its daemon clamd, over a Unix socket or TCP. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { type ClamdOptions, createClamdScanner } from './clamd-scanner.ts';
export const clamdMessages: Catalogues = { en, ja };
