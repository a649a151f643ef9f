/** How Kura backs itself up (P-076). */
import { z } from 'zod';

import { count, option } from './option.ts';

function kept(fallback: number, en: string, ja: string) {
  return option(count(0, 1000).default(fallback), {
    en: `Of Kura's own backups, the newest of so many ${en} are kept in its vaults; the newest complete one always is.`,
    ja: `Kura 自身のバックアップのうち、保管庫に残す${ja}の数（各期間の最新を残します）。最新の完全なものは常に残します。`,
    runtime: true,
  });
}

export const recoveryOptions = z.strictObject({
  automatic: option(z.stringbool().or(z.boolean()).default(true), {
    en: 'Whether a server backs Kura itself up by time, and makes a first vault for that when there is none.',
    ja: 'サーバーが Kura 自身を定期的にバックアップするか（コピーがまだないときは最初の保管庫も作ります）。',
  }),
  everyHours: option(count(1, 24).default(1), {
    en: 'Hours between two of those backups, counted from midnight.',
    ja: 'その間隔（時間）。0 時から数えます。',
  }),
  vault: option(z.string().min(1).optional(), {
    en: 'Folder of the vault that is made when the job “kura” has no copy yet; default is vaults/kura inside the data directory. Add a copy on another disk or server yourself.',
    ja: 'ジョブ「kura」にコピーがまだないときに作る保管庫のフォルダー。既定はデータディレクトリ内の vaults/kura。別のディスクやサーバーへのコピーは自分で追加してください。',
  }),
  keepHourly: kept(24, 'hours', '1 時間ごと'),
  keepDaily: kept(30, 'days', '1 日ごと'),
  keepWeekly: kept(13, 'weeks', '1 週間ごと'),
  keepMonthly: kept(12, 'months', '1 か月ごと'),
});
