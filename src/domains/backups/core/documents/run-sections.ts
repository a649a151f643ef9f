/** What ran, what failed, and what the rule says of it. */
import { digitNames } from '#engines/rule32110';

import { findMissedRuns } from '../../store/documents/evidence-store.ts';
import { tell } from '../runs/present-record.ts';
import { newest } from './gather-figures.ts';
import type { SectionWriter } from './report-reading.ts';

export const runSections = {
  summary: ({ figures: { runs, verdicts, tests, tickets } }, words) => {
    const judged = verdicts.now.filter(({ verdict }) => verdict.status !== 'paused');
    const compliant = judged.filter(({ verdict }) => verdict.status === 'compliant').length;
    const { success, partial, failed, interrupted } = runs.total;
    const ended = success + partial + failed + interrupted;
    return [
      {
        kind: 'facts',
        facts: [
          words.fact('runs-ended', ended),
          words.fact('runs-good', success),
          words.fact('runs-warned', partial),
          words.fact('runs-failed', failed + interrupted),
          [words.say('rate'), words.percent(success, ended)],
          words.fact('jobs', judged.length),
          words.fact('jobs-compliant', compliant),
          words.fact('jobs-paused', verdicts.now.length - judged.length),
          words.fact('tests-passed', tests.byResult.get('passed') ?? 0),
          words.fact('tests-failed', tests.byResult.get('failed') ?? 0),
          words.fact('tickets-open', tickets.open),
        ],
      },
      words.source('summary'),
    ];
  },
  runs: ({ figures: { runs } }, words) => [
    {
      kind: 'bars',
      title: words.say('runs-by-day'),
      bars: runs.byDay.map(({ day, success, partial, failed, interrupted }) => {
        const ended = success + partial + failed + interrupted;
        return { label: day, value: success, text: `${words.number(success)} / ${words.number(ended)}` };
      }),
    },
    words.list({
      name: 'runs',
      columns: ['job', '>good', '>warned', '>failed', '>new-bytes', 'last'],
      rows: runs.byJob.map(({ title, success, partial, failed, interrupted, newBytes, lastAt }) => [
        title,
        words.figure(success),
        words.figure(partial),
        words.figure(failed + interrupted),
        words.bytes(newBytes),
        words.time(lastAt),
      ]),
    }),
    words.source('runs'),
  ],
  failures: (
    {
      figures: {
        runs: { failures },
      },
    },
    words,
  ) => [
    words.list({
      name: 'failures',
      columns: ['when', 'job', 'copy', 'result', '3reason'],
      isCut: failures.isCut,
      rows: failures.rows.map(({ startedAt, title, copy, result, error }) => [
        words.time(startedAt),
        title,
        copy,
        words.say(`result.${result}`),
        error === null ? null : tell(error, words.translator).text,
      ]),
    }),
  ],
  verdicts: (
    {
      figures: {
        verdicts: { now, byDay },
      },
    },
    words,
  ) => [
    {
      kind: 'facts',
      facts: digitNames.map((digit) => [words.say(`digit.${digit}`), words.digitRate(now, digit)]),
    },
    ...(byDay.length === 0
      ? []
      : [
          {
            kind: 'bars' as const,
            title: words.say('verdicts-by-day'),
            bars: byDay.map(({ day, counts: { compliant, warning, non_compliant: broken, unknown } }) => {
              const jobs = compliant + warning + broken + unknown;
              return { label: day, value: compliant, text: `${words.number(compliant)} / ${words.number(jobs)}` };
            }),
          },
        ]),
    words.list({
      name: 'verdicts',
      columns: ['job', 'status', '3reason', '3remedy'],
      rows: now
        .filter(({ verdict: { status } }) => status !== 'compliant' && status !== 'paused')
        .map(({ facts: { job }, verdict: { status, digits } }) => {
          const broken = digitNames.map((name) => digits[name]).filter(({ state }) => state !== 'pass');
          const said = broken.flatMap(({ reasons }) => reasons).map((reason) => tell(reason, words.translator).text);
          const remedies = broken.flatMap(({ remedy }) => (remedy === null ? [] : tell(remedy, words.translator).text));
          return [
            job.title,
            words.say(`status.${status}`),
            [...new Set(said)].join(' '),
            [...new Set(remedies)].join(' '),
          ];
        }),
    }),
    words.source('verdicts'),
  ],
  changes: (
    {
      figures: {
        verdicts: { changes },
      },
    },
    words,
  ) => [
    words.list({
      name: 'changes',
      columns: ['when', 'job', 'from', 'to'],
      isCut: changes.isCut,
      rows: changes.rows.map(({ at, title, from, to }) => [
        words.time(at),
        title,
        from === null ? null : words.say(`status.${from}`),
        words.say(`status.${to}`),
      ]),
    }),
  ],
  missed: async ({ reads, period, job }, words) => {
    const { rows, isCut } = await newest((limit) => findMissedRuns(reads, { ...period, job }, limit));
    return [
      words.list({
        name: 'missed',
        columns: ['job', 'copy', 'due', 'noticed', 'arrived'],
        isCut,
        rows: rows.map(({ title, copy, dueAt, missedAt, arrivedAt }) => [
          title,
          copy,
          words.time(dueAt),
          words.time(missedAt),
          words.time(arrivedAt),
        ]),
      }),
    ];
  },
} satisfies Readonly<Record<string, SectionWriter>>;
