import type { Catalogues } from '#kernel/messages';

import { en } from './en.ts';
import { factsEn } from './facts.en.ts';
import { factsJa } from './facts.ja.ts';
import { ja } from './ja.ts';

/** Sentences for every rule, verdict and reason, ja and en. */
export const modelscanMessages: Catalogues = { en: { ...en, ...factsEn }, ja: { ...ja, ...factsJa } };
