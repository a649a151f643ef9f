/** 一部だけを取得するダウンロードについての文。 */
import type { Catalogue } from '#kernel/messages';

import type { downloadOptionsEn } from './download-options.en.ts';

export const downloadOptionsJa: Catalogue<keyof typeof downloadOptionsEn> = {
  'cli.models.get.missing': 'ディスクから失われたライブラリーのファイルもすべて取得',
  'cli.models.get.nothing-missing': 'ライブラリーのファイルはすべて所定の場所にあります。',
  'cli.models.get.all-files': '各バージョンの全ファイル (--file all と同じ)',
  'cli.models.get.only': '指定した部分だけを取得: model、sidecars、images',
  'cli.models.get.model': 'モデルファイルはそのままにする',
  'cli.models.get.sidecars': 'モデルの隣にメタデータファイルを書かない',
  'cli.models.get.images': 'プレビュー画像を取得しない',
  'cli.models.get.force': 'すでにあるファイルも取得し直す (検証済みの新しいファイルでのみ置き換え)',
  'cli.models.get.limit-rate': '全ファイル合計の帯域。例: 500K、2M (バイト/秒)',
  'cli.models.verify.limit-rate': '読み込みの速度の上限。例: 50M (バイト/秒)',
  'models.beside-renewed': 'モデルファイルはそのままにしました。付属ファイルは {count} 個です。',
  'models.nothing-to-stand-beside': '{name} はライブラリーにないため、付属ファイルは書き込みませんでした。',
  'models.nothing-to-stand-beside.advice':
    '先にモデル本体を取得するか、見つからない・破損している場合は修復してください。',
};
