import type { Catalogue } from '#kernel/messages';

import type { externalScansEn } from './external-scans.en.ts';

export const externalScansJa: Catalogue<keyof typeof externalScansEn> = {
  'models.external-found': 'スキャナー {scanner} の報告: {message}',
  'models.external-result-clean': '{scanner}: 検出なし',
  'models.external-result-suspicious': '{scanner}: 要注意 – {message}',
  'models.external-result-dangerous': '{scanner}: 危険 – {message}',
  'models.external-result-not-scanned': '{scanner}: 未検査 – {reason}',
  'models.external-not-isolated': '{result} (隔離せずに実行)',
  'cli.models.field.external-scan': '外部スキャナー',
  'cli.scan.external': '{scanner}: 検出なし {clean}、検出あり {found}、未検査 {open}',
};
