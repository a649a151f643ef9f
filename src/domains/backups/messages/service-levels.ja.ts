import type { Catalogue } from '#kernel/messages';

import type { serviceLevelsEn } from './service-levels.en.ts';

export const serviceLevelsJa: Catalogue<keyof typeof serviceLevelsEn> = {
  'route.backups.read-service-levels': '予定どおり取れたバックアップの割合と主要な指標',
  'cli.backups.service-levels': '各ジョブの予定に対して取れたバックアップの割合',
  'cli.backups.service-levels.days': '直近の日数 (既定 30)',
  'cli.backups.service-levels.job': 'このジョブだけ',
  'cli.backups.service-levels.head': '取れたバックアップ: {backups} · 3-2-1-1-0 達成: {rule} · 復元の成功: {restores}',
  'cli.backups.service-levels.never': 'この期間に成功なし',
};
