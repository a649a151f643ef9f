import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'files.locked':
    '{name} は別の Kura プロセスが使用中です: `{command}` ({host} のプロセス {pid}、{since} から)。何も変更していません。',
  'files.locked.advice':
    '終わるのを待ってもう一度実行するか、そのプロセスを止めてください。待つ秒数は lock.waitSeconds で変えられます。',
  'files.lock-unreadable': 'ロックファイル {path} を読めません。',
  'files.lock-unreadable.advice': 'Kura が動いていないことを確認してから、そのファイルを削除してください。',
  'files.home-not-made': 'データディレクトリ {folder} を作成できません ({reason})。何も変更していません。',
  'files.home-not-made.advice': '書き込みできるフォルダーを --home または KURA_HOME で指定してください。',
};
