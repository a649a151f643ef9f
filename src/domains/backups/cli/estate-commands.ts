/** `kura backups summary|trend|recheck`: all jobs together, over time. */
import { z } from 'zod';

import { digitNames } from '#engines/rule32110';
import { type Command, defineCommand, table } from '#platform/cli';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';
import { renderStatus } from './render-status.ts';

const define = defineCommand<Backups>();
const statuses = ['compliant', 'warning', 'non_compliant', 'unknown', 'paused'] as const;

const summaryCommand = define({
  words: ['backups', 'summary'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const summary = await call(contract.readBackupSummary);
    out.result(summary, () => {
      const { total, ratePercent, byStatus, digits, worst } = summary;
      const rate = ratePercent === null ? '–' : `${ratePercent} %`;
      const head = translator.text('cli.backups.summary.head', { total, rate });
      const counts = statuses.map((status) => `  ${translator.text(`backups.verdict-${status}`)}: ${byStatus[status]}`);
      const rows = digitNames.map((name) => {
        const { pass, fail, unknown } = digits[name];
        return [`  ${translator.text(`backups.digit-${name}`)}`, `✔ ${pass}`, `✖ ${fail}`, `? ${unknown}`];
      });
      const bad = worst.map(
        ({ key, title, status }) => `  ${translator.text(`backups.verdict-${status}`)}  ${key}  ${title}`,
      );
      return [head, ...counts, table(rows), ...bad].join('\n');
    });
    return 0;
  },
});

const trendCommand = define({
  words: ['backups', 'trend'],
  arguments: [{ name: 'job' }],
  options: [{ flags: '--days <n>' }],
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema.optional(), days: z.coerce.number().int().default(30) }),
  async run({ job: key, days }, { call, out, translator }) {
    if (key === undefined) {
      const trend = await call(contract.readBackupTrend, { query: { days } });
      out.result(trend, () =>
        table(
          trend.items.map(({ day, byStatus, ratePercent }) => [
            day,
            ratePercent === null ? '–' : `${ratePercent} %`,
            ...statuses.map((status) => `${translator.text(`backups.verdict-${status}`)} ${byStatus[status]}`),
          ]),
        ),
      );
      return 0;
    }
    const trend = await call(contract.readJobTrend, { params: { key }, query: { days } });
    out.result(trend, () =>
      trend.days.map(({ day, status }) => `${day}  ${translator.text(`backups.verdict-${status}`)}`).join('\n'),
    );
    return 0;
  },
});

const recheckCommand = define({
  words: ['backups', 'recheck'],
  arguments: [{ name: 'job', required: true }],
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema }),
  async run({ job: key }, { call, out, translator }) {
    const job = await call(contract.recheckBackupJob, { params: { key } });
    out.result(job, () => renderStatus([job], translator));
    return 0;
  },
});

export const estateCommands: ReadonlyArray<Command<Backups>> = [summaryCommand, trendCommand, recheckCommand];
