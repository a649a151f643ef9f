/**
 * Once a week, what is to be done for the knowledge base (K-113): kept, and told to who curates. Made of what the reports of
 * use and gaps, the review list, the tasks and the queue of duplicates say at that moment.
 */
import { z } from 'zod';

import { type Clock, nowInstant } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import { defineJob, type HandledJob, handleJob } from '#platform/jobs';
import { defineSchedule, type ScheduleDefinition } from '#platform/schedule';
import type { Actor, UnitOfWork, WriteTransaction } from '#platform/unit-of-work';

import type { CurationReport } from '../../contract/index.ts';
import {
  countOpenTasks,
  countPendingPairs,
  entriesInReview,
  findCuration,
  insertCuration,
  type KeptCuration,
  type KeptReport,
  keepNewestCurations,
  listCurations,
  takeUntoldCuration,
} from '../../store/curation-store.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { curationMade } from '../entries/entry-events.ts';
import type { Reader } from '../entries/reading-scope.ts';
import { findRecurrences } from '../links/find-recurrences.ts';
import { dayOf } from './period.ts';
import type { UsageReports } from './usage-reports.ts';

export interface Curation {
  /** The newest first. */
  curationReports(limit: number): Promise<readonly CurationReport[]>;
  makeCurationReport(actor: Actor): Promise<CurationReport>;
  /** That of the week, of which who curates is told. */
  curateWeekly(): Promise<void>;
  /** Hands the report over once, in the transaction in which that is kept. */
  tellOfCuration(actor: Actor, id: string, send: SendCuration): Promise<void>;
}

export type SendCuration = (tx: WriteTransaction, report: CurationReport) => Promise<void>;

export interface CurationDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export const curationJob = defineJob({ name: 'knowledge.curate-weekly', payload: z.object({}), maxAttempts: 3 });

/** On Mondays before work. @param zone IANA zone of the house. */
export function curationSchedule(zone: string): ScheduleDefinition<Readonly<Record<string, never>>> {
  const timing = { kind: 'cron', cron: '23 6 * * 1', zone } as const;
  return defineSchedule({ id: 'knowledge.curate-weekly', job: curationJob, payload: {}, timing });
}

export function curationHandler(curation: Pick<Curation, 'curateWeekly'>): HandledJob {
  return handleJob(curationJob, () => curation.curateWeekly());
}

const curator: Actor = { kind: 'system', id: 'knowledge', name: 'knowledge' };
/** Whom the report is made for sees every entry. */
const everyReader: Reader = {
  name: curator.name,
  permissions: new Set(['knowledge:read', 'knowledge:manage'] as const),
};
const weekDays = 7;
const recurrenceDays = 90;
const mostListed = 10;
/** A year of weeks. */
const mostKept = 52;

export function createCuration(deps: CurationDeps, reports: UsageReports): Curation {
  const { database, unitOfWork, clock, ids } = deps;

  async function make(actor: Actor, isWeekly: boolean): Promise<CurationReport> {
    const content = await contentNow(deps, reports);
    const kept: KeptReport = { id: ids.next(), madeAt: nowInstant(clock), madeBy: actor.name, content };
    await unitOfWork.write(actor, async (tx) => {
      const tables = tx.tables<KnowledgeTables>();
      await insertCuration(tables, kept);
      await keepNewestCurations(tables, mostKept);
      if (isWeekly) tx.publish(curationMade, { report: kept.id });
      const subject = { kind: 'knowledge-curation-report', id: kept.id };
      await tx.audit({ action: 'knowledge.make-curation-report', subject, result: 'done' });
    });
    return viewOf(kept, await entriesIn([kept]));
  }

  /** The entries that reports list, as they are called now. */
  async function entriesIn(listing: readonly KeptReport[]): Promise<NamedEntries> {
    const ids = listing.flatMap(({ content: { overdue, review, unread, doubted } }) =>
      [overdue, review, unread, doubted].flatMap((one) => one.ids),
    );
    const entries = await findEntries(database.tables<KnowledgeTables>(), 'id', [...new Set(ids)]);
    return new Map(entries.map(({ id, title, type, status }) => [id, { id, title, type, status }]));
  }

  return {
    async curationReports(limit) {
      const listed = await listCurations(database.tables<KnowledgeTables>(), limit);
      const entries = await entriesIn(listed);
      return listed.map((kept) => viewOf(kept, entries));
    },
    makeCurationReport: (actor) => make(actor, false),
    async curateWeekly() {
      await make(curator, true);
    },
    tellOfCuration: async (actor, id, send) => {
      const kept = await findCuration(database.tables<KnowledgeTables>(), id);
      if (kept === undefined) return;
      const view = viewOf(kept, await entriesIn([kept]));
      await unitOfWork.write(actor, async (tx) => {
        if (await takeUntoldCuration(tx.tables<KnowledgeTables>(), id)) await send(tx, view);
      });
    },
  };
}

type NamedEntries = ReadonlyMap<string, CurationReport['overdue']['items'][number]>;

function viewOf({ content, ...kept }: KeptReport, entries: NamedEntries): CurationReport {
  function named({ total, ids }: KeptCuration['overdue']) {
    return { total, items: ids.flatMap((id) => entries.get(id) ?? []) };
  }
  return {
    ...content,
    ...kept,
    overdue: named(content.overdue),
    review: named(content.review),
    unread: named(content.unread),
    doubted: named(content.doubted),
  };
}

async function contentNow(deps: CurationDeps, reports: UsageReports): Promise<KeptCuration> {
  const reads = deps.database.tables<KnowledgeTables>();
  const { from, to, unread, recommendations } = await reports.usage(everyReader, weekDays);
  const waiting = await entriesInReview(reads, mostListed);
  const { overdue, doubted, withoutHit } = await reports.gaps(everyReader, weekDays);
  return {
    from,
    to,
    overdue: some(overdue.total, overdue.items),
    review: some(waiting.total, waiting.items),
    unread: some(unread.total, unread.items),
    doubted: some(doubted.length, doubted),
    tasks: await countOpenTasks(reads, dayOf(deps.clock.now())),
    duplicates: await countPendingPairs(reads),
    recurrences: (await findRecurrences(deps, everyReader, recurrenceDays)).length,
    withoutHit: withoutHit.slice(0, mostListed).map(({ query, searches }) => ({ query, searches })),
    recommendations,
  };
}

function some(total: number, items: ReadonlyArray<{ readonly id: string }>) {
  return { total, ids: items.slice(0, mostListed).map(({ id }) => id) };
}
