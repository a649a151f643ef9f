/** The closed word lists of the models domain, with the other ways to say each word. Safe for browsers. */
import { z } from 'zod';

import { type SpelledWord, spelledFreely } from './word-spelling.ts';

/** The fifteen categories: ordinary tags with a role, in the order in which they name a model (models.md A3). */
export const categories = [
  'character',
  'style',
  'concept',
  'background',
  'poses',
  'vehicle',
  'clothing',
  'action',
  'animal',
  'assets',
  'base model',
  'buildings',
  'celebrity',
  'objects',
  'tool',
] as const;
export type Category = (typeof categories)[number];

const categoryAliases: Readonly<Record<Category, readonly string[]>> = {
  character: ['characters', 'キャラクター', 'キャラクタ', 'キャラ', '人物'],
  style: ['styles', 'スタイル', '画風', '絵柄'],
  concept: ['concepts', 'コンセプト', '概念'],
  background: ['backgrounds', '背景'],
  poses: ['pose', 'ポーズ', '姿勢'],
  vehicle: ['vehicles', '乗り物', '車両'],
  clothing: ['clothes', 'clothings', 'outfit', 'outfits', '服', '服装', '衣装', '衣類'],
  action: ['actions', 'アクション', '動作'],
  animal: ['animals', '動物'],
  assets: ['asset', 'アセット', '素材'],
  'base model': ['base models', 'base', 'ベースモデル'],
  buildings: ['building', 'architecture', '建物', '建築'],
  celebrity: ['celebrities', '有名人', '著名人', '芸能人'],
  objects: ['object', 'オブジェクト', '物', '物体'],
  tool: ['tools', 'ツール', '道具'],
};
export const categoryWords: readonly SpelledWord<Category>[] = withAliases(categories, categoryAliases);

/** `Base-Model`, `base_model` and `ベースモデル` are the same category to a person. */
export const categorySchema = spelledFreely(categoryWords);

export const searchSorts = [
  'Highest Rated',
  'Most Downloaded',
  'Most Liked',
  'Most Discussed',
  'Most Collected',
  'Most Images',
  'Newest',
  'Oldest',
  'Most Buzz',
  'Relevancy',
  'Quality',
] as const;
export type SearchSort = (typeof searchSorts)[number];

const sortAliases: Readonly<Record<SearchSort, readonly string[]>> = {
  'Highest Rated': ['rating', 'top rated', 'best', '評価', '評価順', '高評価'],
  'Most Downloaded': ['downloads', 'popular', 'ダウンロード数', 'ダウンロード順', '人気', '人気順'],
  'Most Liked': ['likes', 'thumbs up', 'いいね', 'いいね順'],
  'Most Discussed': ['comments', 'most commented', 'コメント数', 'コメント順'],
  'Most Collected': ['collections', 'favorites', 'コレクション数'],
  'Most Images': ['images', '画像数'],
  Newest: ['new', 'latest', '新着', '新着順', '新しい順'],
  Oldest: ['old', '古い順'],
  'Most Buzz': ['buzz', 'most tipped', 'tips', 'バズ'],
  Relevancy: ['relevance', 'relevant', '関連度', '関連順'],
  Quality: ['score', '品質', '品質順'],
};
export const sortWords: readonly SpelledWord<SearchSort>[] = withAliases(searchSorts, sortAliases);

/** What a custom order can go by (M-011); `buzz` counts tips. */
export const sortFields = [
  'downloads',
  'likes',
  'comments',
  'buzz',
  'published',
  'updated',
  'name',
  'size',
  'quality',
] as const;
export type SortField = (typeof sortFields)[number];
export const sortFieldSchema = z.enum(sortFields);

export const searchPeriods = ['Day', 'Week', 'Month', 'Year', 'AllTime'] as const;
export type SearchPeriod = (typeof searchPeriods)[number];

const periodAliases: Readonly<Record<SearchPeriod, readonly string[]>> = {
  Day: ['today', '1d', '日', '今日', '1日'],
  Week: ['this week', '7d', '1w', '週', '今週', '1週間'],
  Month: ['this month', '30d', '1m', '月', '今月', '1か月', '1ヶ月'],
  Year: ['this year', '365d', '1y', '年', '今年', '1年'],
  AllTime: ['all', 'ever', '全期間', 'すべて'],
};
export const periodWords: readonly SpelledWord<SearchPeriod>[] = withAliases(searchPeriods, periodAliases);

/** `most downloaded`, `MostDownloaded` and `人気順` name the same sort. */
export const sortSchema = spelledFreely(sortWords);
export const periodSchema = spelledFreely(periodWords);

/** What a creator can permit; all that are asked for must be granted, and "not said" is not granted (M-172). */
export const licencePermissions = [
  'no-credit',
  'derivatives',
  'different-license',
  'image',
  'rent-civit',
  'rent',
  'sell',
] as const;
export type LicencePermission = (typeof licencePermissions)[number];

const permissionAliases: Readonly<Record<LicencePermission, readonly string[]>> = {
  'no-credit': ['allowNoCredit', 'without credit', 'クレジット不要', 'クレジット表記なし'],
  derivatives: ['allowDerivatives', 'derivative', 'merge', 'merges', '改変', '派生', 'マージ'],
  'different-license': ['allowDifferentLicense', 'different licence', 'relicense', '別ライセンス', 'ライセンス変更'],
  image: ['images', 'sell images', '画像販売', '画像の販売', '画像利用'],
  'rent-civit': ['rent on civitai', 'Civitaiで生成', 'Civitai上での利用'],
  rent: ['rental', 'generation services', '生成サービス', 'レンタル'],
  sell: ['sale', 'sell model', '販売', 'モデル販売'],
};
export const permissionWords: readonly SpelledWord<LicencePermission>[] = withAliases(
  licencePermissions,
  permissionAliases,
);

/** Also accepts CivitAI's own spellings: `allowDerivatives`, `RentCivit`. */
export const licencePermissionSchema = spelledFreely(permissionWords);

/** Folder layouts of the programs that load the models (civitai-api.md §8.1). */
export const layoutNames = ['comfyui', 'a1111', 'forge', 'stability-matrix'] as const;
export type LayoutName = (typeof layoutNames)[number];
export const layoutSchema = z.enum(layoutNames);

/** `unscanned`: nothing of the file could be read. */
export const verdicts = ['clean', 'suspicious', 'dangerous', 'invalid', 'unscanned'] as const;
export const verdictSchema = z.enum(verdicts);
export type ScanVerdict = (typeof verdicts)[number];

function withAliases<Word extends string>(
  words: readonly Word[],
  aliases: Readonly<Record<Word, readonly string[]>>,
): readonly SpelledWord<Word>[] {
  return words.map((word) => ({ word, aliases: aliases[word] }));
}
