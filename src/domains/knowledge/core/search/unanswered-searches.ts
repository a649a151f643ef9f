/** What was searched for and not found is worth writing about: added up by wording, never by who searched. */
import { normalise } from '#engines/lexis';
import type { Clock } from '#kernel/clock';
import { DAY, SECOND } from '#kernel/units';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { SearchAnswer } from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { countUnanswered } from '../../store/unanswered-store.ts';
import { dayOf } from '../usage/period.ts';
import type { SearchRequest } from './search-request.ts';

const knowledgeActor: Actor = { kind: 'system', id: 'knowledge', name: 'knowledge' };
/** Longer than that is no search but something pasted. */
export const longestNoted = 100;
const rememberedDays = 180;
/** Longer than that the answer does not wait for a busy database. */
const patience = SECOND / 4;

/** Mail addresses, and digits enough for a telephone or an account: nothing of people is kept. */
const personal = /\S@\S|(?:\d[-\s()./]?){9,}/u;

export function isPersonal(query: string): boolean {
  return personal.test(query);
}

export interface NoteDeps {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

/** Of a search that was not answered. */
export async function noteUnanswered(
  { unitOfWork, clock }: NoteDeps,
  { q, typing, type, tag = [], status }: SearchRequest,
  { words, tried }: Pick<SearchAnswer, 'words' | 'tried'>,
): Promise<void> {
  const query = q.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim();
  const isSearch = words.length > 0 || tried.some(({ matched }) => matched !== 'all');
  const isNarrowed = type !== undefined || tag.length > 0 || status !== undefined;
  if (typing === true || isNarrowed || !isSearch || query.length > longestNoted || isPersonal(query)) return;
  const now = clock.now();
  const days = { day: dayOf(now), forgotten: dayOf(now - rememberedDays * DAY) };
  try {
    await unitOfWork.write(
      knowledgeActor,
      async (tx) => countUnanswered(tx.tables<KnowledgeTables>(), { folded: normalise(query).text, query }, days),
      {
        signal: AbortSignal.timeout(patience),
      },
    );
  } catch {
    // A lost note is no reason to lose the answer; on a database that cannot be written, more than this will say so.
  }
}
