import type { Catalogue } from '#kernel/messages';

import type { vocabularyEn } from './vocabulary.en.ts';

export const vocabularyJa: Catalogue<keyof typeof vocabularyEn> = {
  'models.unknown-type': '種類「{name}」は未知のものです。入力どおりに検索しました。',
  'models.unknown-type-near':
    '種類「{name}」は未知のものです。「{suggestion}」のことでしょうか。入力どおりに検索しました。',
  'models.new-type': '種類「{name}」は新しく、まだあまり見かけていません。',
  'models.unknown-base': 'ベースモデル「{name}」は未知のものです。入力どおりに検索しました。',
  'models.unknown-base-near':
    'ベースモデル「{name}」は未知のものです。「{suggestion}」のことでしょうか。入力どおりに検索しました。',
  'models.new-base': 'ベースモデル「{name}」は新しく、まだあまり見かけていません。',
  'models.unknown-format': 'ファイル形式「{name}」は未知のものです。入力どおりに検索しました。',
  'models.unknown-format-near':
    'ファイル形式「{name}」は未知のものです。「{suggestion}」のことでしょうか。入力どおりに検索しました。',
  'models.new-format': 'ファイル形式「{name}」は新しく、まだあまり見かけていません。',
  'models.unknown-family': 'ベースモデルの系統「{family}」はありません。検索は行っていません。',
  'models.unknown-family.advice':
    '次から選んでください: {families}。すべての系統は「kura models vocabulary families」で確認できます。',
  'cli.models.vocabulary': '検索で使える語の一覧 (サイトから学んだ語を含む)',
  'cli.models.vocabulary.list':
    'types、kinds、bases、families、categories、sorts、periods、licences、formats のいずれか。省略するとすべて',
  'cli.models.vocabulary.learned': 'あとから学んだ語だけ',
  'cli.models.vocabulary.stale': 'サイトから最新の一覧を取得できなかったため、これまでに分かっている語を表示します。',
  'cli.models.vocabulary.nothing': '該当する語はありません。',
  'cli.models.vocabulary.column.list': '一覧',
  'cli.models.vocabulary.column.word': '語',
  'cli.models.vocabulary.column.group': '分類',
  'cli.models.vocabulary.column.models': 'モデル数',
  'cli.models.vocabulary.column.marks': '備考',
  'cli.models.vocabulary.column.aliases': '別の書き方',
  'cli.models.vocabulary.list.types': '種類',
  'cli.models.vocabulary.list.kinds': '細かな種類',
  'cli.models.vocabulary.list.bases': 'ベース',
  'cli.models.vocabulary.list.families': '系統',
  'cli.models.vocabulary.list.categories': 'カテゴリー',
  'cli.models.vocabulary.list.sorts': '並び順',
  'cli.models.vocabulary.list.periods': '期間',
  'cli.models.vocabulary.list.licences': '許可',
  'cli.models.vocabulary.list.formats': '形式',
  'cli.models.vocabulary.mark.hidden': '選択肢から除外',
  'cli.models.vocabulary.mark.disabled': '受付終了',
  'cli.models.vocabulary.mark.unofficial': 'サイトの文書にない',
  'cli.models.vocabulary.mark.pickle': 'コードを実行しうる',
  'cli.models.vocabulary.mark.learned': '学習 ({confidence})',
  'route.models.read-vocabulary': '検索で使える語の一覧 (サイトから学んだ語を含む)',
};
