import type { Catalogue } from '#kernel/messages';

import type { syncEn } from './sync.en.ts';

export const syncJa: Catalogue<keyof typeof syncEn> = {
  'knowledge.sync-nowhere': 'git のフォルダーが指定されていません。何も変更していません。',
  'knowledge.sync-nowhere.advice':
    'kura knowledge sync フォルダー で指定するか、設定 knowledge.syncFolder に書いてください。',
  'knowledge.sync-outside': 'フォルダーの外を指すリンクがあります: {file}。そこには何も書いていません。',
  'knowledge.sync-outside.advice': 'リンクをフォルダーから取り除いてください。',
  'route.knowledge.sync': 'ナレッジと、設定にある git のフォルダーを同じ内容にする',
  'cli.knowledge.sync':
    'ナレッジと git で管理する Markdown のフォルダーを双方向に同期する (読める人を限っていないものだけ)',
  'cli.knowledge.sync.folder': 'このマシンにある git のフォルダー。省略すると設定 knowledge.syncFolder のフォルダー',
  'cli.knowledge.sync.prefer': '両方で変更されたときに優先する側: kura か folder。省略するとどちらも変更しない',
  'cli.knowledge.sync.write': 'フォルダーに書き込み',
  'cli.knowledge.sync.erase': 'フォルダーから削除',
  'cli.knowledge.sync.read': 'フォルダーから取り込み',
  'cli.knowledge.sync.remove': 'ナレッジを削除',
  'cli.knowledge.sync.clash': '両方で変更 (そのまま)',
  'cli.knowledge.sync.left': 'そのまま',
  'cli.knowledge.sync.same': '報告 {changed} 件、変更なし {unchanged} 件。{folder} に新しい変更はありません',
  'cli.knowledge.sync.kept': '報告 {changed} 件、変更なし {unchanged} 件。{folder} にコミットしました',
  'cli.knowledge.sync.pushed': '報告 {changed} 件、変更なし {unchanged} 件。{folder} にコミットし、プッシュしました',
};
