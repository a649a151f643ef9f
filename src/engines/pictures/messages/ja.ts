import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'pictures.unreadable': '画像を読み取れませんでした ({reason})。元のままにしてあります。',
  'pictures.unreadable.advice': '別の画像を選んでください。壊れているか、大きすぎるか、画像ではありません。',
};
