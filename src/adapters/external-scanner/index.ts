/** Any program that scans files, as settings describe it, run isolated. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { createExternalScanner, type ProgramScanner } from './external-scanner.ts';
export const externalScannerMessages: Catalogues = { en, ja };
