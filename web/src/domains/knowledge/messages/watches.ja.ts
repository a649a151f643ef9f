import type { watchesEn } from './watches.en.ts';

export const watchesJa: Record<keyof typeof watchesEn, string> = {
  'knowledge.watch': 'ウォッチする',
  'knowledge.unwatch': 'ウォッチをやめる',
  'knowledge.watch.seen': '確認した',
  'knowledge.watch.changed': '前回見てから変更あり: 版 {from} → {to}',
  'knowledge.watch.same': '変更なし',
  'knowledge.watch.linked': 'リンク先に変更があります。この内容は今も正しいですか？',
  'knowledge.watched': 'ウォッチ中のナレッジ',
  'knowledge.watched.lead': 'ウォッチ中のナレッジとそのリンク先で、前回見てから変わったものです。',
  'knowledge.watched.none': 'まだありません。各ナレッジの「ウォッチする」から追加できます。',
};
