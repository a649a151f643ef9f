/** Reads the whole chain and says whether it holds; if not, which entry is the first that does not, and how. */
import { type Clock, nowInstant } from '#kernel/clock';
import type { Database } from '#platform/db';
import type { ChainFault, ExportedHeads } from '../contract/chain-shapes.ts';
import type { AuditKey } from './audit-key.ts';
import type { ChainTables } from './audit-tables.ts';
import { brokenHead } from './head-checks.ts';
import { genesisHash, type LogRow, rowHash } from './row-hash.ts';
import { headText, purgeText, tipText } from './signed-points.ts';

export interface ChainFinding {
  readonly fault: ChainFault;
  /** Number of the first entry that does not hold. */
  readonly seq: number;
  /** The entry as it stands there now; absent when there is none. */
  readonly entryId?: string;
  readonly action?: string;
}

export interface ChainReport {
  readonly ok: boolean;
  readonly finding?: ChainFinding;
  /** Numbers of the entries that were read: the first kept one and the newest sealed one. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly rows: number;
  /** Entries that are not in the chain yet. */
  readonly unsealed: number;
  readonly heads: number;
  readonly at: string;
  readonly ms: number;
}

export interface VerifyDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly key: AuditKey;
}

export interface VerifyOptions {
  readonly exported?: ExportedHeads | undefined;
  readonly signal?: AbortSignal | undefined;
}

const batchRows = 2000;

type Walk = Pick<ChainReport, 'rows' | 'firstSeq' | 'lastSeq' | 'heads'> & { readonly finding?: ChainFinding };

export async function verifyChain(deps: VerifyDeps, options: VerifyOptions = {}): Promise<ChainReport> {
  const begun = deps.clock.monotonic();
  const purgedBefore = await lastPurge(deps);
  let walk = await walkChain(deps, options);
  // A purge in the meantime took entries away that were still to be read.
  if (walk.finding !== undefined && (await lastPurge(deps))?.seq !== purgedBefore?.seq) {
    walk = await walkChain(deps, options);
  }
  const { unsealed } = await deps.database
    .tables<ChainTables>()
    .selectFrom('audit_log')
    .select((select) => select.fn.countAll<number>().as('unsealed'))
    .where('seq', 'is', null)
    .executeTakeFirstOrThrow();
  const ms = Math.round(deps.clock.monotonic() - begun);
  return { ok: walk.finding === undefined, ...walk, unsealed, at: nowInstant(deps.clock), ms };
}

export async function lastPurge({ database }: Pick<VerifyDeps, 'database'>) {
  return database
    .tables<ChainTables>()
    .selectFrom('audit_purges')
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}

interface SignedState {
  readonly purge: ChainTables['audit_purges'] | undefined;
  readonly tip: ChainTables['audit_tip'] | undefined;
  readonly heads: readonly ChainTables['audit_heads'][];
}

/** All at one moment: a head signed between two looks would be one too many or one too few. */
async function readSignedState({ database }: VerifyDeps): Promise<SignedState> {
  const purge = await lastPurge({ database });
  return database.transaction(async (tx) => {
    const db = tx.tables<ChainTables>();
    const tip = await db.selectFrom('audit_tip').selectAll().where('id', '=', 1).executeTakeFirst();
    const heads = await db.selectFrom('audit_heads').selectAll().orderBy('number').execute();
    return { purge, tip, heads };
  });
}

async function walkChain(deps: VerifyDeps, { exported, signal }: VerifyOptions): Promise<Walk> {
  const { database, key } = deps;
  const { purge, tip, heads } = await readSignedState(deps);
  const isTipSigned = tip !== undefined && key.verify(tip.key_id, tipText(tip), tip.signature);
  const anchors = [
    ...heads.filter((head) => key.verify(head.key_id, headText(head), head.signature)),
    ...(exported?.heads ?? []),
    ...(isTipSigned ? [tip] : []),
  ];
  // What lies off the machine is believed before what a thief of the key could have signed here.
  const witnesses = new Set((exported?.heads ?? anchors).map(({ seq }) => seq));
  const walker = new Walker(database, { start: purge ?? { seq: 0, hash: genesisHash }, anchors, witnesses });
  const isEndKnown = isTipSigned || tip === undefined;
  await walker.walk(isEndKnown ? (tip?.seq ?? 0) : undefined, signal);
  if (isEndKnown) await walker.lookBeyond();
  const found = [
    purge !== undefined && !key.verify(purge.key_id, purgeText(purge), purge.signature)
      ? { fault: 'signature' as const, seq: purge.seq }
      : undefined,
    walker.finding,
    brokenHead({ heads, key, exported, last: walker.seq, tipHeads: isTipSigned ? tip.heads : 0 }),
    isEndKnown ? undefined : { fault: 'signature' as const, seq: walker.seq },
  ];
  const [finding] = found.filter((one) => one !== undefined).toSorted((one, other) => one.seq - other.seq);
  const facts = { rows: walker.rows, firstSeq: (purge?.seq ?? 0) + 1, lastSeq: walker.seq, heads: heads.length };
  return finding === undefined ? facts : { ...facts, finding };
}

interface Anchor {
  readonly seq: number;
  readonly hash: string;
}

interface WalkStart {
  readonly start: Anchor;
  readonly anchors: readonly Anchor[];
  /** Anchors up to which a chain that was made anew is certainly the old one. */
  readonly witnesses: ReadonlySet<number>;
}

/** Goes from row to row and stops at the first that does not follow from the one before. */
class Walker {
  readonly #database: Database;
  readonly #anchors: ReadonlyMap<number, readonly string[]>;
  readonly #witnesses: ReadonlySet<number>;
  #hash: string;
  #previous: LogRow | undefined;
  /** The last number up to which an anchor agreed with the rows. */
  #agreed: number;
  seq: number;
  rows = 0;
  finding: ChainFinding | undefined;

  constructor(database: Database, { start, anchors, witnesses }: WalkStart) {
    this.#database = database;
    this.#witnesses = witnesses;
    this.#agreed = start.seq;
    this.seq = start.seq;
    this.#hash = start.hash;
    const bySeq = new Map<number, string[]>();
    for (const { seq, hash } of [start, ...anchors]) bySeq.set(seq, [...(bySeq.get(seq) ?? []), hash]);
    this.#anchors = bySeq;
    if (!this.#agrees(start.seq, start.hash)) this.finding = { fault: 'rewritten', seq: start.seq };
  }

  /** Without a known end: to the last row there is. */
  async walk(until: number | undefined, signal: AbortSignal | undefined): Promise<void> {
    const end = until ?? Number.MAX_SAFE_INTEGER;
    let from = Number.MIN_SAFE_INTEGER;
    while (this.finding === undefined && this.seq < end) {
      signal?.throwIfAborted();
      const rows = await this.#read(from, end);
      await this.#stepAll(rows);
      if (rows.length < batchRows) break;
      from = (rows.at(-1)?.seq ?? end) + 1;
    }
    if (until !== undefined && this.seq < until) this.finding ??= { fault: 'truncated', seq: this.seq + 1 };
  }

  /** One statement, so that an entry sealed in the meantime is no finding. */
  async lookBeyond(): Promise<void> {
    const row = await this.#database
      .tables<ChainTables>()
      .selectFrom('audit_log')
      .selectAll()
      .where('seq', '>', (select) =>
        select.selectFrom('audit_tip').select((from) => from.fn.coalesce(from.fn.max('seq'), from.lit(0)).as('seq')),
      )
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) this.finding ??= named('inserted', row.seq ?? 0, row);
  }

  async #stepAll(rows: readonly LogRow[]): Promise<void> {
    for (const row of rows) {
      await this.#step(row);
      if (this.finding !== undefined) return;
    }
  }

  async #read(from: number, until: number): Promise<readonly LogRow[]> {
    return this.#database
      .tables<ChainTables>()
      .selectFrom('audit_log')
      .selectAll()
      .where('seq', '>=', from)
      .where('seq', '<=', until)
      .orderBy('seq')
      .limit(batchRows)
      .execute();
  }

  async #step(row: LogRow): Promise<void> {
    const seq = row.seq ?? 0;
    const expected = this.seq + 1;
    if (seq < expected) {
      // Purged numbers come back, or a number comes twice.
      this.finding = named('inserted', seq, row);
      return;
    }
    if (seq > expected) {
      this.finding = { fault: (await this.#isElsewhere(row)) ? 'reordered' : 'deleted', seq: expected };
      return;
    }
    if (rowHash(row, seq, this.#hash) !== row.hash || row.prev_hash !== this.#hash) {
      this.finding = await this.#explain(row, seq);
      return;
    }
    if (!this.#agrees(seq, row.hash)) {
      // Every link holds, but a signed head knows other entries: what came after the last agreement was made anew.
      this.finding = { fault: 'rewritten', seq: this.#agreed + 1 };
      return;
    }
    this.seq = seq;
    this.#hash = row.hash;
    this.#previous = row;
    this.rows += 1;
  }

  async #explain(row: LogRow, seq: number): Promise<ChainFinding> {
    const standsAlone = row.prev_hash !== null && rowHash(row, seq, row.prev_hash) === row.hash;
    // This one is as it was sealed, on another one before it: that one was replaced together with its hash.
    if (standsAlone && this.#previous !== undefined) return named('edited', seq - 1, this.#previous);
    if (standsAlone) return named('edited', seq, row);
    return named((await this.#isElsewhere(row)) ? 'reordered' : 'edited', seq, row);
  }

  /** Whether the entry that was sealed after the last good one stands under another number. */
  async #isElsewhere(row: LogRow): Promise<boolean> {
    const successors = await this.#database
      .tables<ChainTables>()
      .selectFrom('audit_log')
      .selectAll()
      .where('prev_hash', '=', this.#hash)
      .where('position', '<>', row.position)
      .execute();
    return successors.some((other) => rowHash(other, this.seq + 1, this.#hash) === other.hash);
  }

  #agrees(seq: number, hash: string): boolean {
    const anchors = this.#anchors.get(seq);
    if (anchors === undefined) return true;
    if (anchors.some((anchor) => anchor !== hash)) return false;
    if (this.#witnesses.has(seq)) this.#agreed = seq;
    return true;
  }
}

function named(fault: ChainFault, seq: number, row: LogRow): ChainFinding {
  return { fault, seq, entryId: row.id, action: row.action };
}
