import type { accessEn } from './access.en.ts';

export const accessJa: Readonly<Record<keyof typeof accessEn, string>> = {
  'models.access.early': '{until} まで先行公開',
  'models.access.paid': '購入者のみ',
  'models.access.disabled': '作者がダウンロードを停止',
};
