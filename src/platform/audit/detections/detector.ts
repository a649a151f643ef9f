/** Reads the log in the order of its chain and holds every entry against the rules; each is judged once. */
import type { Selectable } from 'kysely';

import { type Instant, instant } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import { DAY } from '#kernel/units';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork, WriteTransaction } from '#platform/unit-of-work';

import type { ChainTables } from '../chain/audit-tables.ts';
import type { EntryView } from '../contract/entry-shapes.ts';
import { entryView } from '../trail/entry-search.ts';
import { securityDetected } from './audit-events.ts';
import type { DetectionTables } from './detection-tables.ts';
import { type DetectionRule, rulesFor } from './rules.ts';
import { isUnusual, occurrences } from './thresholds.ts';

export interface DetectorDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
}

const batchRows = 500;
const reader = 'detector';
/** What is older was never meant for an alarm: entries from before there were rules. */
const judgedMs = 2 * DAY;
/** How many entries a detection names. */
const namedEntries = 20;
/** After a power cut the same entries are judged again: what was found and how far was read are lost together. */
const relaxed = { durability: 'relaxed' } as const;
const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };

/** A case that is open takes in what is like it for so long; then it is a new one. */
const openMs = DAY;

/** Judges what was sealed since the last time; returns how many new cases there are. */
export async function detect(deps: DetectorDeps): Promise<number> {
  let found = 0;
  while (await hasMore(deps.database)) {
    const { cases, read } = await deps.unitOfWork.write(kura, async (tx) => judgeBatch(deps, tx), relaxed);
    found += cases;
    if (read < batchRows) break;
  }
  return found;
}

async function hasMore(database: Database): Promise<boolean> {
  const log = database.tables<ChainTables>().selectFrom('audit_log').select('seq');
  const next = log.where('seq', '>', await readTo(database)).limit(1);
  return (await next.executeTakeFirst()) !== undefined;
}

async function readTo(reads: Pick<Database, 'tables'>): Promise<number> {
  const readers = reads.tables<DetectionTables>().selectFrom('audit_readers').select('seq').where('name', '=', reader);
  return (await readers.executeTakeFirst())?.seq ?? 0;
}

function tablesOf(tx: WriteTransaction) {
  return tx.tables<ChainTables & DetectionTables>();
}

async function judgeBatch(deps: DetectorDeps, tx: WriteTransaction): Promise<{ cases: number; read: number }> {
  const db = tablesOf(tx);
  const rows = await db
    .selectFrom('audit_log')
    .selectAll()
    .where('seq', '>', await readTo(tx))
    .orderBy('seq')
    .limit(batchRows)
    .execute();
  let cases = 0;
  for (const row of rows) {
    if (deps.clock.now() - Date.parse(row.at) > judgedMs) continue;
    cases += await judge(deps, tx, entryView(row));
  }
  const seq = rows.at(-1)?.seq ?? undefined;
  // Another detector was faster.
  if (seq === undefined) return { cases, read: 0 };
  await db
    .insertInto('audit_readers')
    .values({ name: reader, seq })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ seq }))
    .execute();
  return { cases, read: rows.length };
}

async function judge(deps: DetectorDeps, tx: WriteTransaction, entry: EntryView): Promise<number> {
  let cases = 0;
  for (const rule of rulesFor(entry)) {
    for (const about of rule.about(entry)) {
      if (await judgeFor(deps, tx, { rule, about, entry })) cases += 1;
    }
  }
  return cases;
}

interface Suspicion {
  readonly rule: DetectionRule;
  readonly about: string;
  readonly entry: EntryView;
}

type Detection = Selectable<DetectionTables['audit_detections']>;

/** Whether it is a new case. */
async function judgeFor(deps: DetectorDeps, tx: WriteTransaction, suspicion: Suspicion): Promise<boolean> {
  const { rule, about, entry } = suspicion;
  const last = await lastCase(tx, rule.id, about);
  if (last !== undefined && last.acknowledged_at === null && Date.parse(entry.at) - Date.parse(last.last_at) < openMs) {
    await takeIn(tx, last, suspicion);
    return false;
  }
  const entries = await occurrences(tx, suspicion, last?.last_seq ?? 0);
  const count = entries.reduce((sum, one) => sum + weight(rule, one), 0);
  if (count < (rule.threshold?.count ?? 1)) return false;
  if (!(await isUnusual(tx, suspicion, count))) return false;
  await openCase(deps, tx, { ...suspicion, entries, count });
  return true;
}

function weight({ threshold }: DetectionRule, entry: EntryView): number {
  return threshold?.weigh?.(entry) ?? 1;
}

async function lastCase(tx: WriteTransaction, rule: string, about: string): Promise<Detection | undefined> {
  return tablesOf(tx)
    .selectFrom('audit_detections')
    .selectAll()
    .where('rule', '=', rule)
    .where('about', '=', about)
    .orderBy('last_seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

async function takeIn(tx: WriteTransaction, last: Detection, { rule, entry }: Suspicion): Promise<void> {
  const named = entryIdsOf(last.entry_ids);
  await tablesOf(tx)
    .updateTable('audit_detections')
    .set({
      count: last.count + weight(rule, entry),
      last_at: instant(new Date(entry.at)),
      last_seq: entry.seq ?? last.last_seq,
      entry_ids: JSON.stringify([...named, entry.id].slice(0, namedEntries)),
    })
    .where('id', '=', last.id)
    .execute();
}

interface Case extends Suspicion {
  readonly entries: readonly EntryView[];
  readonly count: number;
}

async function openCase(deps: DetectorDeps, tx: WriteTransaction, { rule, about, entry, entries, count }: Case) {
  const id = deps.ids.next();
  const entryIds = entries.slice(-namedEntries).map((one) => one.id);
  const at: Instant = instant(new Date(entry.at));
  await tablesOf(tx)
    .insertInto('audit_detections')
    .values({
      id,
      rule: rule.id,
      severity: rule.severity,
      about,
      first_at: instant(new Date(entries[0]?.at ?? entry.at)),
      last_at: at,
      count,
      last_seq: entry.seq ?? 0,
      entry_ids: JSON.stringify(entryIds),
      acknowledged_by: null,
      acknowledged_at: null,
      reason: null,
    })
    .execute();
  tx.publish(securityDetected, { detectionId: id, rule: rule.id, severity: rule.severity, about, count, at, entryIds });
  await tx.audit({
    action: 'audit.detect',
    category: 'compliance',
    level: 'warning',
    subject: { kind: 'detection', id, name: rule.id },
    result: 'done',
    after: { about, severity: rule.severity, count },
  });
}

/** Written by `JSON.stringify` above. */
export function entryIdsOf(json: string): readonly string[] {
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed.filter((one) => typeof one === 'string') : [];
}
