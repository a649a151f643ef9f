/** What people and programs did, by the audit log: counted in all, listed as far as a report can carry. */
import type { EntryView } from '#platform/audit/contract';
import type { PrintedBlock } from '#platform/documents';

import { mostRows } from './gather-figures.ts';
import type { ReportReading, SectionWriter } from './report-reading.ts';
import type { Words } from './words.ts';

export const auditSections = {
  chain: async ({ context }, words) => {
    const { lastSeq, lastHash, unsealed, purgedTo, keyId, lastCheck } = await context.audit.state();
    return [
      {
        kind: 'facts',
        facts: [
          words.fact('chain.entries', lastSeq),
          [words.say('chain.hash'), lastHash ?? words.say('no-data')],
          [words.say('chain.key'), keyId],
          words.fact('chain.unsealed', unsealed),
          words.fact('chain.purged-to', purgedTo),
          [
            words.say('chain.checked'),
            lastCheck === undefined
              ? words.say('no-data')
              : words.say(lastCheck.ok ? 'chain.held' : 'chain.broken', {
                  at: words.translator.time(lastCheck.at),
                  rows: words.number(lastCheck.rows),
                }),
          ],
        ],
      },
      words.source('chain'),
    ];
  },
  actions: async ({ context, period }, words) => {
    const { actions, actors, subjects } = await context.audit.tally({ ...period, limit: mostRows });
    return [
      words.list({
        name: 'actions',
        columns: ['2action', 'category', '>done', '>refused', '>failed'],
        rows: actions.map((one) => [
          one.action,
          one.category,
          words.figure(one.done),
          words.figure(one.refused),
          words.figure(one.failed),
        ]),
      }),
      words.list({
        name: 'actors',
        columns: ['2who', 'sort', '>entries'],
        rows: actors.map(({ name, kind, entries }) => [name, kind, words.figure(entries)]),
      }),
      words.list({
        name: 'subjects',
        columns: ['2subject', '>entries'],
        rows: subjects.map(({ kind, entries }) => [kind, words.figure(entries)]),
      }),
      words.source('actions'),
    ];
  },
  refusals: async ({ context, period }, words) => {
    const { refusals } = await context.audit.tally({ ...period, limit: mostRows + 1 });
    return [entryTable('refusals', refusals, words)];
  },
  entries: async (reading, words) => [entryTable('entries', await newestEntries(reading), words)],
} satisfies Readonly<Record<string, SectionWriter>>;

async function newestEntries({ context, period }: ReportReading): Promise<readonly EntryView[]> {
  const until = new Date(Date.parse(period.until) - 1).toISOString();
  const { items } = await context.audit.search({ filter: { from: period.since, until }, limit: mostRows + 1 });
  return items;
}

function entryTable(name: string, entries: readonly EntryView[], words: Words): PrintedBlock {
  return words.list({
    name,
    columns: ['>seq', 'when', 'who', 'address', '2action', '2subject', 'result'],
    isCut: entries.length > mostRows,
    rows: entries
      .slice(0, mostRows)
      .map(({ seq, at, actor, action, subject, result }) => [
        seq === null ? null : words.figure(seq),
        words.time(at),
        actor.name,
        actor.from,
        action,
        `${subject.kind}/${subject.name ?? subject.id}`,
        words.say(`entry.${result}`),
      ]),
  });
}
