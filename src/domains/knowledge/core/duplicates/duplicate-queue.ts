/** Entries that may say the same, in a queue people go through (K-010); looked for every night among what has changed. */
import { z } from 'zod';

import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { defineJob, type HandledJob, handleJob } from '#platform/jobs';
import { defineSchedule, type ScheduleDefinition } from '#platform/schedule';

import type { DuplicatePair, DuplicateState } from '../../contract/index.ts';
import {
  changedSince,
  countChangedSince,
  judgePair,
  lookedUntil,
  pairKey,
  pairsFound,
} from '../../store/duplicate-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { EntriesDeps, Writer } from '../entries/entry-changes.ts';
import { type Reader, scopeOf } from '../entries/reading-scope.ts';
import type { SearchDeps } from '../search/search-request.ts';
import { lookAt } from './look-at-changed.ts';

export interface DuplicateQueue {
  /** Pairs of which the reader may see both; the most similar first. */
  duplicatePairs(
    reader: Reader,
    asked: { readonly state: DuplicateState; readonly limit: number },
  ): Promise<readonly DuplicatePair[]>;
  /** @throws KuraError `knowledge.duplicate-pair-not-found`. */
  judgeDuplicatePair(writer: Writer, pair: JudgedPair): Promise<DuplicatePair>;
  /** Entries changed since the last look, no more than `most`; interrupted, what was looked at counts. */
  lookForDuplicates(signal: AbortSignal, most: number): Promise<Looked>;
}

interface JudgedPair {
  readonly one: string;
  readonly other: string;
  readonly state: DuplicateState;
  readonly note?: string | undefined;
}

interface Looked {
  readonly looked: number;
  readonly left: number;
}

/** A night's work. */
const mostANight = 2000;
const entriesPerWrite = 50;

export const duplicatesJob = defineJob({
  name: 'knowledge.look-for-duplicates',
  payload: z.object({}),
  maxAttempts: 3,
});

/** @param zone IANA zone of the house. */
export function duplicatesSchedule(zone: string): ScheduleDefinition<Readonly<Record<string, never>>> {
  const timing = { kind: 'cron', cron: '17 4 * * *', zone } as const;
  return defineSchedule({ id: 'knowledge.look-for-duplicates', job: duplicatesJob, payload: {}, timing });
}

export function duplicatesHandler(queue: DuplicateQueue): HandledJob {
  return handleJob(duplicatesJob, async ({ signal, report }) => {
    let looked = 0;
    while (looked < mostANight) {
      const step = await queue.lookForDuplicates(signal, entriesPerWrite);
      looked += step.looked;
      report({ looked, left: step.left });
      if (step.looked === 0) return;
    }
  });
}

export function createDuplicateQueue(deps: EntriesDeps & SearchDeps): DuplicateQueue {
  const { database, unitOfWork, clock } = deps;

  return {
    duplicatePairs: (reader, asked) =>
      pairsFound(database.tables<KnowledgeTables>(), { scope: scopeOf(reader), ...asked }),

    judgeDuplicatePair: (actor, { one, other, state, note }) =>
      unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const key = pairKey(one, other);
        const asked = { scope: scopeOf(actor), key, limit: 1 };
        const [before] = await pairsFound(tables, asked);
        if (before === undefined) throw notFound(one, other);
        await judgePair(tables, key, { state, at: nowInstant(clock), by: actor.name, note: note ?? null });
        await tx.audit({
          action: 'knowledge.judge-duplicate-pair',
          subject: { kind: 'knowledge-duplicate-pair', id: `${key.one} ${key.other}` },
          result: 'done',
          before: { state: before.state },
          after: { state },
        });
        const [after] = await pairsFound(tables, asked);
        if (after === undefined) throw notFound(one, other);
        return after;
      }),

    async lookForDuplicates(signal, most) {
      const reads = database.tables<KnowledgeTables>();
      let looked = 0;
      let place = await lookedUntil(reads);
      while (looked < most) {
        signal.throwIfAborted();
        const changed = await changedSince(reads, place, Math.min(entriesPerWrite, most - looked));
        const last = changed.at(-1);
        if (last === undefined) break;
        await lookAt(deps, changed, last);
        looked += changed.length;
        place = last;
      }
      return { looked, left: await countChangedSince(reads, place) };
    },
  };
}

function notFound(one: string, other: string): KuraError {
  return new KuraError('not-found', 'knowledge.duplicate-pair-not-found', { params: { one, other } });
}
