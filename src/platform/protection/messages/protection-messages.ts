import type { Catalogues } from '#kernel/messages';
import { en } from './en.ts';
import { ja } from './ja.ts';

export const protectionMessages: Catalogues = { en, ja };
