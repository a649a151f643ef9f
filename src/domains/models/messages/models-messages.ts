/** Every text of the domain. */
import type { Catalogues } from '#kernel/messages';
import { en as fileEn } from '../cli/messages/en.ts';
import { ja as fileJa } from '../cli/messages/ja.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';

export const modelsMessages: Catalogues = { en: { ...en, ...fileEn }, ja: { ...ja, ...fileJa } };
