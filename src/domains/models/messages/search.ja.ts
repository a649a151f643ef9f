/** Messages of the search. */
import type { Catalogue } from '#kernel/messages';

import type { searchEn } from './search.en.ts';

export const searchJa: Catalogue<keyof typeof searchEn> = {
  'models.bad-cursor': 'このカーソルは前の結果のものではありません。',
  'models.bad-cursor.advice': 'カーソルを外すと先頭から始まります。',
  'models.sort-needs-browsing':
    '「{sort}」の元になる数値はサイトが公開しておらず、語句検索と併せて並べ替えることはできません。',
  'models.sort-needs-browsing.advice': '語句を外すか、別の並び順を選んでください。',
  'cli.models.search': 'CivitAI を検索 (すべての条件が確実に適用されます)',
  'cli.models.search.query': '名前・作者・トリガーワードの語句。省略すると一覧',
  'cli.models.search.type': 'いずれかの種類: LORA、Checkpoint など',
  'cli.models.search.base': 'いずれかのベースモデル: "SDXL 1.0"、Pony など',
  'cli.models.search.tag': 'すべてのタグを持つもの',
  'cli.models.search.category': 'いずれかのカテゴリー: style、character など',
  'cli.models.search.sort': '並び順: "Most Downloaded"、Newest など',
  'cli.models.search.period': '公開時期: Day、Week、Month、Year、AllTime',
  'cli.models.search.creator': 'この作者のモデル',
  'cli.models.search.license':
    'すべて許可されているもの: no-credit、derivatives、different-license、image、rent-civit、rent、sell',
  'cli.models.search.since': '公開日の下限 (2026-10-01) または期間 (30d、2w、6m、1y)',
  'cli.models.search.nsfw': 'sfw (既定) または all',
  'cli.models.search.limit': '件数。既定は 20',
  'cli.models.search.cursor': '前の結果の続きから',
  'cli.models.search.nothing': '見つかりませんでした。',
  'cli.models.search.stages': '絞り込み: {stages}',
  'cli.models.search.more': '続きがあります: --cursor {cursor}',
  'cli.models.search.cut-short': '検索が途中で終わりました。それまでの結果を表示します: {message}',
  'models.parameter-refused':
    'サイトが「{parameter}」での絞り込みや並べ替えを断ったため、Kura が代わりに行います。読むページが増えます。',
};
