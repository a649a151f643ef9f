/** backups – protects: copies in several places, their runs and verifications, and the 3-2-1-1-0 verdict over them. */
import type { Catalogues } from '#kernel/messages';

import { en as cliEn } from './cli/messages/en.ts';
import { ja as cliJa } from './cli/messages/ja.ts';
import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export const backupsMessages: Catalogues = { en: { ...en, ...cliEn }, ja: { ...ja, ...cliJa } };
/** `kura vault …`; they need no data directory. */
export { vaultCommands } from './cli/vault-commands.ts';
