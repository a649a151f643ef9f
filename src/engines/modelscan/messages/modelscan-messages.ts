import type { Catalogues } from '#kernel/messages';

import { en } from './en.ts';
import { ja } from './ja.ts';

/** Sentences for every rule and verdict, ja and en. */
export const modelscanMessages: Catalogues = { en, ja };
