/** Folders under git, by the installed git. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { createGitFolder } from './git-folder.ts';
export const gitMessages: Catalogues = { en, ja };
