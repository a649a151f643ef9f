/** What was tested, what is open, and what became of media. */
import { listCoverage } from '../../store/coverage-store.ts';
import { countStages, findCertificates } from '../../store/documents/evidence-store.ts';
import { newest } from './gather-figures.ts';
import type { SectionWriter } from './report-reading.ts';

export const proofSections = {
  tests: ({ figures: { tests } }, words) => [
    words.list({
      name: 'tests',
      columns: ['when', 'job', 'copy', 'test', 'outcome', 'minutes', 'tester'],
      isCut: tests.list.isCut,
      rows: tests.list.rows.map(({ startedAt, endedAt, title, copy, kind, result, tester }) => [
        words.time(startedAt),
        title,
        copy,
        words.say(`test.${kind}`),
        words.say(`outcome.${result}`),
        words.minutes(startedAt, endedAt),
        tester,
      ]),
    }),
    words.source('tests'),
  ],
  tickets: ({ figures: { tickets } }, words) => [
    words.list({
      name: 'tickets',
      columns: ['>number', 'job', 'copy', 'importance', 'opened', 'closed'],
      isCut: tickets.list.isCut,
      rows: tickets.list.rows.map(({ number, title, copy, importance, openedAt, closedAt }) => [
        words.figure(number),
        title,
        copy,
        words.say(`importance.${importance}`),
        words.time(openedAt),
        words.time(closedAt),
      ]),
    }),
  ],
  swaps: ({ figures: { swaps } }, words) => [
    words.list({
      name: 'swaps',
      columns: ['day', 'set', 'state', 'planned', 'taken-out', 'put-in', 'by'],
      isCut: swaps.isCut,
      rows: swaps.rows.map(({ day, set, state, planned, takenOut, putIn, actor }) => [
        day,
        set,
        words.say(`swap.${state}`),
        planned,
        takenOut,
        putIn,
        actor,
      ]),
    }),
  ],
  coverage: async ({ reads, job }, words) => [
    words.list({
      name: 'coverage',
      columns: ['job', 'copy', '>objects', '>never-read', 'oldest-read', '>within-days'],
      rows: (await listCoverage(reads))
        .filter((one) => job === undefined || one.job === job)
        .map((one) => [
          one.job,
          one.copy,
          words.figure(one.items),
          words.figure(one.neverRead.items),
          words.time(one.oldestReadAt),
          words.figure(one.withinDays),
        ]),
    }),
    words.source('coverage'),
  ],
  media: async ({ media, period }, words) => {
    const { rows, isCut } = await newest((limit) => findCertificates(media, period, limit));
    return [
      {
        kind: 'facts',
        facts: (await countStages(media)).map(({ stage, media: count }) => [
          words.say(`stage.${stage}`),
          words.figure(count),
        ]),
      },
      words.list({
        name: 'media',
        columns: ['when', 'medium', 'certificate', '3hash', 'key'],
        isCut,
        rows: rows.map(({ at, label, kind, sha256, key_id: keyId }) => [
          words.time(at),
          label,
          words.say(`certificate.${kind}`),
          sha256,
          keyId,
        ]),
      }),
      words.source('media'),
    ];
  },
} satisfies Readonly<Record<string, SectionWriter>>;
