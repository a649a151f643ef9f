import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'git.not-installed': 'このマシンに git がありません。何も変更していません。',
  'git.not-installed.advice': 'インストールしてください (Debian では apt install git)。',
  'git.no-repository': '{folder} は git の管理下にありません。何も変更していません。',
  'git.no-repository.advice': '`git init` でリポジトリにするか、そこに clone してください。',
  'git.failed': 'git {step} が失敗しました: {reason}',
  'git.failed.advice': 'フォルダーで同じ操作を手で試してください。書き込んだ内容は残っています。',
  'git.diverged':
    '{folder} とプッシュ先で {files} の同じ行が変更されています。統合していません。どちらの内容も残っています。',
  'git.diverged.advice': 'フォルダーで `git pull` を実行し、競合を解決してコミットしてから、もう一度同期してください。',
};
