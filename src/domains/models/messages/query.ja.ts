import type { Catalogue } from '#kernel/messages';

import type { queryEn } from './query.en.ts';

export const queryJa: Catalogue<keyof typeof queryEn> = {
  'models.query-too-long': '検索式が {length} 文字あります。読めるのは {limit} 文字までです。',
  'models.query-too-long.advice': '短くするか、何回かに分けて検索してください。',
  'models.query-too-many-parts': '検索式の条件が {limit} 個を超えています。',
  'models.query-too-many-parts.advice': '同じ項目の値はコンマでまとめられます (例: type:lora,checkpoint)。',
  'models.query-too-deep': '{position} 文字目の括弧は {limit} 段を超えて入れ子になっています。',
  'models.query-too-deep.advice': '括弧の中の括弧を減らしてください。',
  'models.query-unclosed-quote': '{position} 文字目の {sign} で始まる引用が閉じられていません。',
  'models.query-unclosed-quote.advice': '「紙の提灯」や "paper lantern" のように閉じるか、記号を取り除いてください。',
  'models.query-unclosed-group': '{position} 文字目で始まる括弧が閉じられていません。',
  'models.query-unclosed-group.advice':
    '(提灯 OR ランプ) のように閉じてください。括弧そのものを探すときは引用符で囲みます。',
  'models.query-empty-group': '{position} 文字目の括弧の中に何もありません。',
  'models.query-empty-group.advice': '(提灯 OR ランプ) のように、語や条件を入れてください。',
  'models.query-operand-missing': '{position} 文字目の「{sign}」には、続く語や条件が必要です。',
  'models.query-operand-missing.advice':
    '例: 提灯 OR ランプ、NOT アニメ。その語そのものを探すときは引用符で囲んでください。',
  'models.query-value-missing': '{position} 文字目、「{field}:」の後に値がありません。',
  'models.query-value-missing.advice': '例: {example}。空白や括弧を含む値は引用符で囲んでください。',
  'models.query-bad-number': '{position} 文字目の「{value}」は、「{field}」の数値や範囲として読めません。',
  'models.query-bad-number.advice': '例: {example}。文字列そのものを探すときは引用符で囲んでください。',
  'models.query-bad-date': '{position} 文字目の「{value}」は、「{field}」の日付や期間として読めません。',
  'models.query-bad-date.advice':
    '日 (2026-01-31)、月 (2026-01)、今からさかのぼる期間 (30d、2w、6m、1y)、または 始め..終わり で指定します。例: {example}。',
  'models.query-unknown-word': '{position} 文字目、「{field}」に「{value}」という値はありません。',
  'models.query-unknown-word.advice': '使える値: {words}。',
};
