/** Incidents that come again, for who looks for what causes them (K-052, K-060). */
import type { Clock } from '#kernel/clock';
import { DAY } from '#kernel/units';
import type { Database } from '#platform/db';

import type { Recurrence } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { problemsOf, recentIncidents } from '../../store/recurrence-store.ts';
import { type Reader, scopeOf } from '../entries/reading-scope.ts';
import { dayOf } from '../usage/period.ts';
import { groupIncidents } from './group-incidents.ts';

/** Each is compared with each; of more, the newest. */
const mostCompared = 300;

export async function findRecurrences(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  reader: Reader,
  days: number,
): Promise<readonly Recurrence[]> {
  const reads = database.tables<KnowledgeTables>();
  const scope = scopeOf(reader);
  const since = dayOf(clock.now() - days * DAY);
  const entries = await findEntries(reads, 'id', await recentIncidents(reads, { scope, since, limit: mostCompared }));
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const groups = groupIncidents(entries);
  const problems = await problemsOf(
    reads,
    scope,
    groups.flatMap(({ ids }) => ids),
  );
  const explained = new Set(problems.map(({ incident }) => incident));
  return groups
    .filter(({ ids }) => ids.some((id) => !explained.has(id)))
    .map(({ ids, shared }) => {
      const problem = problems.find(({ incident }) => ids.includes(incident));
      return {
        shared,
        incidents: ids
          .flatMap((id) => byId.get(id) ?? [])
          .map(({ id, title, type, status, createdAt }) => ({ id, title, type, status, createdAt }))
          .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)),
        problem:
          problem === undefined
            ? null
            : { id: problem.id, title: problem.title, type: problem.type, status: problem.status },
      };
    });
}
