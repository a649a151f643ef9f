/** Why a file was not taken by the import. */
import type { Catalogue } from '#kernel/messages';

import type { importEn } from './import.en.ts';

export const importJa: Catalogue<keyof typeof importEn> = {
  'models.import-is-account': 'アカウントの情報です。カタログには保存しません',
  'models.import-is-collection': 'コレクションまたは記事です。中のモデルは含まれていません',
  'models.import-is-creator': '作者の一覧です。モデルは含まれていません',
  'models.import-is-hash-match': 'ハッシュから見つかった ID だけで、モデルは含まれていません',
  'models.import-is-image': 'ギャラリーの画像です。カタログには保存しません',
  'models.import-is-mini': 'バージョンの短い形式で、ファイルの情報が含まれていません',
  'models.import-is-tag': 'タグの一覧です。モデルは含まれていません',
  'models.import-is-vault': 'CivitAI の保管庫の内容で、モデルそのものは含まれていません',
  'models.import-settings-only': 'モデルの使い方の設定です。CivitAI のどのモデルかは書かれていません',
  'models.import-no-site-record': 'CivitAI で見つからなかったファイルについて、別のプログラムが残した記録です',
};
