/** Every text of the domain. */
import type { Catalogues } from '#kernel/messages';
import { en } from './en.ts';
import { ja } from './ja.ts';

export const knowledgeMessages: Catalogues = { en, ja };
