/** What is counted elsewhere in the house: how long Kura was there (P-073), and how soon alerts were taken on (B-184). */
import { HOUR, MINUTE, SECOND } from '#kernel/units';
import type { PrintedCell } from '#platform/documents';

import type { SectionWriter } from './report-reading.ts';
import type { Words } from './words.ts';

export const houseSections = {
  availability: async ({ context, period }, words) => {
    const { total, targetPercent, budget, observedSince, periods, ...view } = await context.house.availability(
      period.from,
      period.to,
    );
    return [
      {
        kind: 'facts',
        facts: [
          [words.say('available.percent'), words.share(total.percent)],
          [words.say('available.target'), words.share(targetPercent)],
          [words.say('available.down'), spanIn(MINUTE, total.downSeconds, words)],
          [words.say('available.allowed'), spanIn(MINUTE, budget.allowedSeconds, words)],
          [words.say('available.left'), spanIn(MINUTE, budget.leftSeconds, words)],
          words.fact('available.incidents', total.incidents),
          [words.say('available.mttr'), spanIn(MINUTE, view.mttrSeconds, words)],
          [words.say('available.mtbf'), spanIn(HOUR, view.mtbfSeconds, words)],
          [words.say('available.since'), words.time(observedSince) ?? words.say('no-data')],
        ],
      },
      words.list({
        name: 'availability',
        columns: [
          '2day',
          '>percent',
          '>down-minutes',
          '>degraded-minutes',
          '>stopped-minutes',
          '>unknown-minutes',
          '>incidents',
        ],
        rows: periods.map((one) => [
          one.from,
          words.optional(one.percent),
          spanIn(MINUTE, one.downSeconds, words),
          spanIn(MINUTE, one.degradedSeconds, words),
          spanIn(MINUTE, one.stoppedSeconds, words),
          spanIn(MINUTE, one.unknownSeconds, words),
          words.figure(one.incidents),
        ]),
      }),
      words.source('availability'),
    ];
  },
  outages: async ({ context, period }, words) => {
    const { incidents, incidentsCut } = await context.house.availability(period.from, period.to);
    return [
      words.list({
        name: 'outages',
        columns: ['2from', '2until', '>minutes-long', '2cause', '2probes'],
        isCut: incidentsCut,
        mostRows: incidents.length,
        rows: incidents.map(({ from, until, seconds, kind, probes }) => [
          words.time(from),
          until === null ? words.say('outage.lasts') : words.time(until),
          spanIn(MINUTE, seconds, words),
          words.say(`outage.${kind}`),
          probes.join(', '),
        ]),
      }),
    ];
  },
  responses: async ({ context, period }, words) => [
    words.list({
      name: 'responses',
      columns: [
        'severity',
        '>raised',
        '>within-target',
        '>target-minutes',
        '>median-acknowledge',
        '>median-resolve',
        '>p95-resolve',
      ],
      rows: (await context.house.responses(period.since, period.until)).map((one) => [
        words.say(`severity.${one.severity}`),
        words.figure(one.raised),
        words.figure(one.withinTarget),
        words.figure(one.targetMinutes),
        words.optional(one.medianMinutesToAcknowledge),
        words.optional(one.medianMinutesToResolve),
        words.optional(one.p95MinutesToResolve),
      ]),
    }),
    words.source('responses'),
  ],
} satisfies Readonly<Record<string, SectionWriter>>;

/** To a tenth. */
function spanIn(unitMs: number, seconds: number | null, words: Words): PrintedCell {
  return seconds === null ? words.say('no-data') : words.figure(Math.round((seconds * SECOND * 10) / unitMs) / 10);
}
