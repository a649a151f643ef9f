/** Every text of the domain. */
import type { Catalogues } from '#kernel/messages';
import { en as cliEn } from '../cli/messages/en.ts';
import { ja as cliJa } from '../cli/messages/ja.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';
import { serviceLevelsEn } from './service-levels.en.ts';
import { serviceLevelsJa } from './service-levels.ja.ts';

export const backupsMessages: Catalogues = {
  en: { ...en, ...cliEn, ...serviceLevelsEn },
  ja: { ...ja, ...cliJa, ...serviceLevelsJa },
};
