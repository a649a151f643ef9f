/** Each job and each copy as it stands, and how well what was due came. */
import { digitNames } from '#engines/rule32110';
import { DAY } from '#kernel/units';

import { countSwaps } from '../../store/documents/evidence-store.ts';
import { readServiceLevels } from '../service-levels/service-levels.ts';
import type { SectionWriter } from './report-reading.ts';

export const jobSections = {
  jobs: ({ figures: { verdicts } }, words) => [
    words.list({
      name: 'jobs',
      columns: [
        '2job',
        'importance',
        'status',
        ...digitNames.map((digit) => `digit-${digit}`),
        'last-good',
        '>rpo',
        '>rto',
      ],
      rows: verdicts.now.map(({ facts: { job, copies }, verdict: { status, digits } }) => {
        const good = copies.flatMap(({ lastGoodRun }) => lastGoodRun?.startedAt ?? []);
        return [
          job.title,
          words.say(`criticality.${job.criticality}`),
          words.say(`status.${status}`),
          ...digitNames.map((digit) => words.say(`state.${digits[digit].state}`)),
          words.time(good.toSorted().at(-1) ?? null),
          words.optional(job.rpoMinutes),
          words.optional(job.rtoMinutes),
        ];
      }),
    }),
    words.source('verdicts'),
  ],
  copies: ({ figures: { verdicts } }, words) => [
    words.list({
      name: 'copies',
      columns: [
        'job',
        'copy',
        'engine',
        'site',
        'media',
        'carrier',
        'encrypted',
        'locked-until',
        'last-good',
        'proved',
      ],
      rows: verdicts.now.flatMap(({ facts: { job, copies }, carriers }) =>
        copies.map(({ copy, lastGoodRun, proof }) => [
          job.title,
          copy.name,
          copy.tool ?? copy.engine,
          copy.site,
          copy.media,
          words.say(`carrier.${carriers.get(copy.id) ?? 'unknown'}`),
          words.yesOrNo(copy.encrypted),
          words.time(copy.lockedUntil),
          words.time(lastGoodRun?.startedAt ?? null),
          words.time(proof?.passed === true ? proof.finishedAt : null),
        ]),
      ),
    }),
    words.source('copies'),
  ],
  levels: async ({ context, media, period, job }, words) => {
    const days = Math.min(366, Math.max(1, Math.ceil((context.clock.now() - Date.parse(period.since)) / DAY)));
    const { kpis, jobs, trend } = await readServiceLevels(context, { days, job });
    const swaps = await countSwaps(media, period.from, period.to);
    return [
      {
        kind: 'facts',
        facts: [
          [words.say('kpi.backups'), words.share(kpis.backupPercent)],
          [words.say('kpi.targets'), words.share(kpis.targetPercent)],
          [words.say('kpi.rule'), words.share(kpis.rulePercent)],
          [words.say('kpi.restores'), words.share(kpis.restorePercent)],
          [words.say('kpi.longest-restore'), words.optional(kpis.longestRestoreSeconds)],
          [words.say('kpi.oldest-backup'), words.optional(kpis.oldestBackupHours)],
          words.fact('kpi.missed-swaps', swaps.get('missed') ?? 0),
        ],
      },
      {
        kind: 'bars',
        title: words.say('kpi.trend'),
        most: 100,
        bars: trend.map(({ from, expected, kept, ratePercent }) => ({
          label: from.slice(0, 10),
          value: ratePercent ?? 0,
          text: expected === 0 ? words.say('no-data') : `${words.number(kept)} / ${words.number(expected)}`,
        })),
      },
      words.list({
        name: 'levels',
        columns: [
          '2job',
          '>expected',
          '>kept',
          '>percent',
          '>target',
          '>median-seconds',
          '>p95-seconds',
          'last-good',
          'faults',
        ],
        rows: jobs.map((one) => [
          one.title,
          words.figure(one.expected),
          words.figure(one.kept),
          words.optional(one.ratePercent),
          words.figure(one.targetPercent),
          words.optional(one.medianSeconds),
          words.optional(one.p95Seconds),
          words.time(one.lastGoodAt),
          one.faults.map((fault) => words.say(`fault.${fault}`)).join(' '),
        ]),
      }),
      words.source('levels'),
    ];
  },
} satisfies Readonly<Record<string, SectionWriter>>;
