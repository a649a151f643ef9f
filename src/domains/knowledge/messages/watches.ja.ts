import type { watchesEn } from './watches.en.ts';

export const watchesJa: Record<keyof typeof watchesEn, string> = {
  'knowledge.too-many-watched': 'すでに {most} 件をウォッチしています。追加していません。',
  'knowledge.too-many-watched.advice': 'kura knowledge unwatch で不要なものを外してください。',
  'route.knowledge.read-watch': 'ナレッジをウォッチしているか、どの版まで見たか',
  'route.knowledge.watch-entry': 'ナレッジをウォッチする (今の版を既読にする)',
  'route.knowledge.unwatch-entry': 'ナレッジのウォッチをやめる',
  'route.knowledge.list-watched': 'ウォッチ中のナレッジとそのリンク先で、前回見てから変わったもの',
  'cli.knowledge.watch': 'ナレッジをウォッチする、または今の版を既読にする',
  'cli.knowledge.watch.id': 'ナレッジの ID',
  'cli.knowledge.watch.done': 'ウォッチしています。版 {version} まで既読です。',
  'cli.knowledge.unwatch': 'ナレッジのウォッチをやめる',
  'cli.knowledge.unwatch.id': 'ナレッジの ID',
  'cli.knowledge.unwatch.done': 'ウォッチをやめました。',
  'cli.knowledge.watched': 'ウォッチ中のナレッジとそのリンク先で、前回見てから変わったもの',
  'cli.knowledge.watched.none': 'ウォッチしているナレッジはありません。',
  'cli.knowledge.watched.changed': '変更あり: 版 {from} → {to}、{by}、{day}',
  'cli.knowledge.watched.same': '変更なし: 版 {to}、{day}',
  'cli.knowledge.watched.linked': 'リンク先に変更あり: {title}、{day}。この内容は今も正しいですか？',
};
