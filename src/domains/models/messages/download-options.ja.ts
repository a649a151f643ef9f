/** 一部だけを取得するダウンロードについての文。 */
import type { Catalogue } from '#kernel/messages';

import type { downloadOptionsEn } from './download-options.en.ts';

export const downloadOptionsJa: Catalogue<keyof typeof downloadOptionsEn> = {
  'models.beside-renewed': 'モデルファイルはそのままにしました。付属ファイルは {count} 個です。',
  'models.nothing-to-stand-beside': '{name} はライブラリーにないため、付属ファイルは書き込みませんでした。',
  'models.nothing-to-stand-beside.advice':
    '先にモデル本体を取得するか、見つからない・破損している場合は修復してください。',
};
