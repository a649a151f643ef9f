/**
 * Gives each entry its place in the chain. SQLite has one writer, so entries are sealed in the transaction that writes
 * them. On PostgreSQL that would make every two writers collide; there entries are sealed in order of their numbers right
 * after their commit, by one process at a time (ADR 0023).
 */
import { sql } from 'kysely';

import { type Clock, nowInstant } from '#kernel/clock';
import type { Database, Transaction } from '#platform/db';

import type { AuditKey } from './audit-key.ts';
import type { ChainTables } from './audit-tables.ts';
import { genesisHash, type LogRow, rowHash } from './row-hash.ts';
import { emptyTip, signedHead, signedTip, tipText } from './signed-points.ts';

export interface SealingDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly key: AuditKey;
  readonly reportError: (error: unknown) => void;
  /** A head is signed after so many entries, or with the first entry after so long. */
  readonly headEvery: { readonly rows: number; readonly ms: number };
  /** Sign a head at the end. */
  readonly headAtEnd?: boolean;
}

export interface Sealing extends AsyncDisposable {
  /** Called for each transaction that writes entries, as often as it writes. */
  attach(tx: Transaction): void;
  /** Seals whatever is committed; returns how many entries. */
  seal(): Promise<number>;
  /** Signs a head at the newest entry, unless there is one. */
  signHead(): Promise<void>;
  /** Hears that entries were sealed; returns how to stop hearing. */
  onSealed(listener: () => void): () => void;
}

const batchRows = 500;
/** Any number, the same for every Kura. */
const POSTGRES_LOCK = 4_870_115_062;

type TipRow = ChainTables['audit_tip'];
type Tip = Omit<TipRow, 'id' | 'key_id' | 'signature'>;

interface Sealed {
  readonly rows: number;
  readonly more: boolean;
}

export function createSealing(deps: SealingDeps): Sealing {
  const attached = new WeakSet<Transaction>();
  const listeners = new Set<() => void>();
  const verified = new VerifiedTips(deps.key);
  async function step(tx: Transaction, head: boolean): Promise<Sealed> {
    return sealBatch(tx, deps, { verified, head });
  }
  function told(rows: number): void {
    if (rows > 0) for (const listener of listeners) listener();
  }

  async function sealAll(head: boolean): Promise<number> {
    let rows = 0;
    for (let more = true; more; ) {
      const sealed = await deps.database.transaction((tx) => step(tx, head), { isolation: 'read-committed' });
      rows += sealed.rows;
      more = sealed.more;
    }
    told(rows);
    return rows;
  }
  const soon = new Coalesced(() => sealAll(false), deps.reportError);

  return {
    attach(tx) {
      if (attached.has(tx)) return;
      attached.add(tx);
      if (tx.dialect === 'postgres') {
        tx.onCommit(() => soon.request());
        return;
      }
      tx.beforeCommit(async () => {
        // A hook that runs later may write another entry.
        attached.delete(tx);
        for (let more = true; more; ) more = (await step(tx, false)).more;
      });
      tx.onCommit(() => told(1));
    },
    seal: async () => ((await hasUnsealed(deps.database)) ? sealAll(false) : 0),
    signHead: async () => {
      await sealAll(true);
    },
    onSealed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.asyncDispose]: async () => {
      await soon.idle();
      if (deps.headAtEnd === true) await sealAll(true).catch(deps.reportError);
    },
  };
}

/** Asked before the writer is taken: most programs that start find nothing to do. */
async function hasUnsealed(database: Database): Promise<boolean> {
  const log = database.tables<ChainTables>().selectFrom('audit_log').select('position');
  return (await log.where('seq', 'is', null).limit(1).executeTakeFirst()) !== undefined;
}

/** Many requests while one run is under way make one more run. */
class Coalesced {
  readonly #run: () => Promise<unknown>;
  readonly #reportError: (error: unknown) => void;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(run: () => Promise<unknown>, reportError: (error: unknown) => void) {
    this.#run = run;
    this.#reportError = reportError;
  }

  request(): void {
    this.#again = true;
    this.#running ??= this.#loop();
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  async #loop(): Promise<void> {
    // Out of whatever transaction asked for it.
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    while (this.#again) {
      this.#again = false;
      await this.#run().catch(this.#reportError);
    }
    this.#running = undefined;
  }
}

/** Signatures are checked once; a process mostly meets the tip it wrote itself. */
class VerifiedTips {
  readonly #key: AuditKey;
  #last = '';

  constructor(key: AuditKey) {
    this.#key = key;
  }

  holds(tip: TipRow): boolean {
    const text = tipText(tip);
    const whole = `${text}${tip.key_id}\n${tip.signature}`;
    if (whole === this.#last) return true;
    if (!this.#key.verify(tip.key_id, text, tip.signature)) return false;
    this.#last = whole;
    return true;
  }

  remember(tip: TipRow): void {
    this.#last = `${tipText(tip)}${tip.key_id}\n${tip.signature}`;
  }
}

interface BatchOptions {
  readonly verified: VerifiedTips;
  /** Sign a head whatever the counters say. */
  readonly head: boolean;
}

async function sealBatch(tx: Transaction, deps: SealingDeps, { verified, head }: BatchOptions): Promise<Sealed> {
  const db = tx.tables<ChainTables>();
  if (tx.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${POSTGRES_LOCK})`.execute(db);
  const tip = await readSoundTip(tx, deps, verified);
  if (tip === undefined) return { rows: 0, more: false };
  const rows = await db
    .selectFrom('audit_log')
    .selectAll()
    .where('seq', 'is', null)
    .orderBy('position')
    .limit(batchRows)
    .execute();
  const links = chained(rows, tip);
  await writeLinks(tx, links);
  const last = links.at(-1);
  const at = nowInstant(deps.clock);
  const moved: Tip = last === undefined ? tip : { ...tip, seq: last.seq, hash: last.hash, at };
  const due = head ? moved.seq > moved.head_seq : isHeadDue(moved, deps);
  if (last === undefined && !due) return { rows: 0, more: false };
  const next: Tip = due ? { ...moved, heads: moved.heads + 1, head_seq: moved.seq, head_at: at } : moved;
  if (due) {
    const point = { number: next.heads, seq: next.seq, hash: next.hash, at };
    await db.insertInto('audit_heads').values(signedHead(deps.key, point)).execute();
  }
  await writeTip(tx, deps, next, verified);
  return { rows: rows.length, more: rows.length === batchRows };
}

/** A chain that is broken is not carried on: what comes after would cover up what happened. `verify` says what it is. */
async function readSoundTip(tx: Transaction, deps: SealingDeps, verified: VerifiedTips): Promise<Tip | undefined> {
  const db = tx.tables<ChainTables>();
  const stored = await db
    .selectFrom('audit_tip')
    .selectAll()
    .select((tip) =>
      tip
        .selectFrom('audit_log')
        .select((log) => log.fn.max('seq').as('last'))
        .as('last'),
    )
    .where('id', '=', 1)
    .executeTakeFirst();
  if (stored !== undefined) return verified.holds(stored) && (stored.last ?? 0) <= stored.seq ? stored : undefined;
  const orphan = await db
    .selectFrom('audit_log')
    .select('seq')
    .where('seq', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return orphan === undefined ? emptyTip(genesisHash, nowInstant(deps.clock)) : undefined;
}

interface Link {
  readonly position: number;
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
}

function chained(rows: readonly LogRow[], tip: Tip): readonly Link[] {
  let { seq, hash } = tip;
  return rows.map((row) => {
    const previous = hash;
    seq += 1;
    hash = rowHash(row, seq, previous);
    return { position: row.position, seq, previous, hash };
  });
}

async function writeLinks(tx: Transaction, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return;
  const values = links.map(
    ({ position, seq, previous, hash }) =>
      sql`(cast(${position} as bigint), cast(${seq} as bigint), cast(${previous} as text), cast(${hash} as text))`,
  );
  await sql`with link (place, number, previous, own) as (values ${sql.join(values)})
    update audit_log set seq = link.number, prev_hash = link.previous, hash = link.own
    from link where audit_log.position = link.place`.execute(tx.tables<ChainTables>());
}

async function writeTip(tx: Transaction, deps: SealingDeps, next: Tip, verified: VerifiedTips): Promise<void> {
  const { seq, hash, at, heads, head_seq, head_at } = next;
  const tip = signedTip(deps.key, { seq, hash, at, heads, head_seq, head_at });
  await tx
    .tables<ChainTables>()
    .insertInto('audit_tip')
    .values(tip)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(tip))
    .execute();
  verified.remember(tip);
}

function isHeadDue(tip: Tip, { clock, headEvery }: SealingDeps): boolean {
  const rows = tip.seq - tip.head_seq;
  return rows > 0 && (rows >= headEvery.rows || clock.now() - Date.parse(tip.head_at) >= headEvery.ms);
}
