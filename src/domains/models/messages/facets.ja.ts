/** カタログの内訳についての文。 */
import type { Catalogue } from '#kernel/messages';

import type { facetsEn } from './facets.en.ts';
import { sameOptions } from './same-options.ts';
import { searchJa } from './search.ja.ts';

export const facetsJa: Catalogue<keyof typeof facetsEn> = {
  ...sameOptions(searchJa, 'cli.models.facets'),
  'cli.models.facets': 'カタログの内訳を種類・ベースモデル・タグ・作者・年齢区分ごとに数える',
  'cli.models.facets.query': '検索式',
  'cli.models.facets.most': 'それぞれ多い順に示す数、既定 20',
  'cli.models.facets.models': 'モデル {count} 件',
  'cli.models.facets.type': '種類',
  'cli.models.facets.base': 'ベースモデル',
  'cli.models.facets.tag': 'タグ',
  'cli.models.facets.creator': '作者',
  'cli.models.facets.nsfw': '年齢区分',
  'cli.models.facets.nsfw.safe': '全年齢',
  'cli.models.facets.nsfw.adult': '成人向け・区分なし',
  'route.models.search-facets': 'カタログの内訳を種類・ベースモデル・タグ・作者・年齢区分ごとに数える',
};
