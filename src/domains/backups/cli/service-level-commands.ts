/** `kura backups service-levels`: how many of the backups that were due came. */
import { type Command, defineCommand, table } from '#platform/cli';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';

const define = defineCommand<Backups>();

export const serviceLevelCommands: ReadonlyArray<Command<Backups>> = [
  define({
    words: ['backups', 'service-levels'],
    options: [{ flags: '--days <n>' }, { flags: '--job <key>' }],
    remote: true,
    input: contract.readServiceLevels.query,
    async run(query, { call, out, translator: { text } }) {
      const levels = await call(contract.readServiceLevels, { query });
      out.result(levels, () => {
        const { kpis, jobs } = levels;
        const head = text('cli.backups.service-levels.head', {
          backups: shown(kpis.backupPercent),
          rule: shown(kpis.rulePercent),
          restores: shown(kpis.restorePercent),
        });
        const rows = jobs.map((one) => [
          markOf(one),
          one.job,
          `${one.kept}/${one.expected}`,
          `${shown(one.ratePercent)} (${one.targetPercent} %)`,
          one.lastGoodAt ?? text('cli.backups.service-levels.never'),
        ]);
        return rows.length === 0 ? head : `${head}\n${table(rows)}`;
      });
      return undefined;
    },
  }),
];

function markOf({ faults, expected }: contract.JobService): string {
  if (faults.length > 0) return '✖';
  return expected === 0 ? '?' : '✔';
}

function shown(percent: number | null): string {
  return percent === null ? '–' : `${percent} %`;
}
