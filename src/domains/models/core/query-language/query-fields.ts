/** How people call the fields of a query, in both languages. */
import { findWord, type SpelledWord } from '../../contract/index.ts';
import { type QueryField, queryFields } from './query-node.ts';

const aliases: Readonly<Record<QueryField, readonly string[]>> = {
  text: ['anything', 'テキスト', '全文', '本文'],
  name: ['title', '名前', '名称', 'モデル名'],
  creator: ['author', 'by', 'user', 'username', '作者', '制作者', '製作者', '投稿者'],
  tag: ['tags', 'タグ'],
  words: ['word', 'trigger', 'triggers', 'trigger words', 'トリガー', 'トリガーワード'],
  type: ['types', '種類', '種別', 'タイプ'],
  base: ['base model', 'base models', 'ベース', 'ベースモデル'],
  family: ['families', '系統', 'ファミリー'],
  category: ['categories', 'カテゴリ', 'カテゴリー', '分類'],
  license: ['licence', 'permission', 'ライセンス', '許諾', '許可'],
  format: ['formats', '形式', 'フォーマット', 'ファイル形式'],
  hash: ['sha256', 'autov2', 'ハッシュ'],
  model: ['model id', 'モデル', 'モデル番号'],
  version: ['version id', 'バージョン', 'バージョン番号'],
  state: ['status', '状態'],
  access: ['アクセス', '公開範囲'],
  nsfw: ['rating', 'レーティング', '年齢区分'],
  downloads: ['download', 'dl', 'ダウンロード', 'ダウンロード数'],
  likes: ['like', 'thumbs up', 'いいね', 'いいね数', '高評価'],
  comments: ['comment', 'コメント', 'コメント数'],
  buzz: ['tips', 'バズ'],
  likeRatio: ['ratio', 'いいね率', '高評価率'],
  interactions: ['interaction', 'reactions', '反応', '反応数', 'リアクション'],
  size: ['file size', 'サイズ', '容量'],
  published: ['date', 'since', '公開', '公開日', '投稿日'],
  updated: ['update', '更新', '更新日'],
  seen: ['last seen', '確認', '確認日'],
};

const fieldWords: readonly SpelledWord<QueryField>[] = queryFields.map((word) => ({ word, aliases: aliases[word] }));

/** The field that a word in front of a colon names; undefined: the word is text, such as `https`. */
export function findField(text: string): QueryField | undefined {
  return findWord(text, fieldWords)?.word;
}
