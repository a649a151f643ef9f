import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'processes.not-started': 'プログラム {program} を起動できませんでした ({reason})。',
  'processes.not-started.advice':
    'インストールされていて、Kura を動かしているユーザーが実行できることを確認してください。',
};
