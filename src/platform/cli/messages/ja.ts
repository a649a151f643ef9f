import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  cli: 'Kura (蔵) – 手元のマシンで生成 AI を動かす人のための、モデル・バックアップ・ナレッジ管理',
  'cli.option.help': 'このヘルプを表示',
  'cli.option.version': 'バージョンを表示',
  'cli.option.home': 'データディレクトリ (既定: KURA_HOME またはユーザーデータフォルダー)',
  'cli.option.json': '結果を機械可読な形で標準出力に出す',
  'cli.option.lang': '言語: ja または en',
  'cli.option.quiet': '進捗と補足を表示しない',
  'cli.option.color': '色を使わない',
  'cli.option.server': 'この URL の Kura サーバーに処理を任せる',
  'cli.help.usage': '使い方:',
  'cli.help.arguments': '引数:',
  'cli.help.options': 'オプション:',
  'cli.help.commands': 'コマンド:',
  'cli.usage.unknown-option': '{name} というオプションはありません。',
  'cli.usage.unknown-command': '{name} というコマンドはありません。',
  'cli.usage.missing-argument': '引数 {name} が足りません。',
  'cli.usage.option-missing-argument': 'オプション {name} には値が必要です。',
  'cli.usage.excess-arguments': '引数が多すぎます。',
  'cli.usage.invalid-argument': 'オプション {name} にはこの値を指定できません。',
  'cli.usage.other': '{reason}',
  'cli.usage.suggestion': 'もしかして: {suggestion}',
  'cli.usage.help': '--help を付けると、使えるものを確認できます。',
  'cli.invalid-option': '{reason}',
  'cli.input-invalid': 'このままでは実行できません: {list}',
  'cli.input-invalid.advice': '--help を付けると、引数とオプションの説明を確認できます。',
  'cli.local-only': '`kura {command}` はこのマシンのファイルを扱うため、--server では実行できません。',
  'cli.local-only.advice': 'ファイルがあるマシンで、--server を付けずに実行してください。',
};
