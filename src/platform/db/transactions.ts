/** Transactions: retried on collision, closed for good when over, with hooks around the commit. */
import { AsyncLocalStorage } from 'node:async_hooks';

import {
  type Kysely,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  sql,
} from 'kysely';

import { KuraError } from '#kernel/errors';

import { type RetryDeps, retryCollisions } from './collision-retry.ts';
import { isDiskFull, isUnreachable } from './driver-errors.ts';
import type { Dialect, Tables, Transaction, TransactionOptions } from './tables.ts';

export interface TransactionDeps extends RetryDeps {
  readonly dialect: Dialect;
  readonly kysely: Kysely<unknown>;
}

const current = new AsyncLocalStorage<OpenTransaction>();

export async function runTransaction<R>(
  deps: TransactionDeps,
  work: (tx: Transaction) => Promise<R>,
  options: TransactionOptions = {},
): Promise<R> {
  // On SQLite the inner one would wait for ever for the connection the outer one holds.
  if (current.getStore()?.isOpen === true) throw new KuraError('internal', 'db.nested-transaction');
  try {
    return await retryCollisions(deps, options.signal, () => attempt(deps, work, options));
  } catch (error) {
    throw translated(error);
  }
}

async function attempt<R>(
  deps: TransactionDeps,
  work: (tx: Transaction) => Promise<R>,
  options: TransactionOptions,
): Promise<R> {
  let ended: WorkEnd<R> | undefined;
  try {
    await execute(deps, options, async (held) => {
      ended = await runWork(new OpenTransaction(held, deps.dialect), work, options.signal);
      if ('error' in ended) throw ended.error;
    });
  } catch (error) {
    if (ended === undefined) throw error;
    // A failed rollback must not hide why there was one.
    if ('error' in ended) throw ended.error;
    throw isUnreachable(error) ? new KuraError('unavailable', 'db.commit-unknown', { cause: error }) : error;
  }
  if (ended === undefined || 'error' in ended) throw new KuraError('internal', 'db.transaction-finished');
  ended.tx.committed();
  return ended.result;
}

async function execute(
  { kysely, dialect }: TransactionDeps,
  { isolation, durability = 'full' }: TransactionOptions,
  work: (held: Kysely<unknown>) => Promise<void>,
): Promise<void> {
  const level = isolation === 'read-committed' ? 'read committed' : 'serializable';
  if (durability === 'full') return kysely.transaction().setIsolationLevel(level).execute(work);
  if (dialect === 'postgres') {
    return kysely
      .transaction()
      .setIsolationLevel(level)
      .execute(async (held) => {
        await sql`set local synchronous_commit to off`.execute(held);
        await work(held);
      });
  }
  // Of a connection, not of a transaction; in WAL mode NORMAL leaves out the fsync of a commit and nothing else.
  return kysely.connection().execute(async (held) => {
    await sql`pragma synchronous = normal`.execute(held);
    try {
      await held.transaction().setIsolationLevel(level).execute(work);
    } finally {
      await sql`pragma synchronous = full`.execute(held);
    }
  });
}

type WorkEnd<R> = { readonly result: R; readonly tx: OpenTransaction } | { readonly error: unknown };

async function runWork<R>(
  tx: OpenTransaction,
  work: (tx: Transaction) => Promise<R>,
  signal: AbortSignal | undefined,
): Promise<WorkEnd<R>> {
  try {
    const result = await current.run(tx, () => tx.run(work));
    signal?.throwIfAborted();
    return { result, tx };
  } catch (error) {
    return { error };
  } finally {
    tx.close();
  }
}

class OpenTransaction implements Transaction {
  readonly dialect: Dialect;
  readonly #kysely: Kysely<unknown>;
  readonly #beforeCommit: (() => Promise<void>)[] = [];
  readonly #onCommit: (() => void)[] = [];
  #open = true;

  constructor(kysely: Kysely<unknown>, dialect: Dialect) {
    this.dialect = dialect;
    this.#kysely = kysely.withPlugin(new OpenPlugin(() => this.#open));
  }

  get isOpen(): boolean {
    return this.#open;
  }

  tables<T>(): Tables<T> {
    assertOpen(this.#open);
    return tablesOf<T>(this.#kysely);
  }

  beforeCommit(hook: () => Promise<void>): void {
    assertOpen(this.#open);
    this.#beforeCommit.push(hook);
  }

  onCommit(hook: () => void): void {
    assertOpen(this.#open);
    this.#onCommit.push(hook);
  }

  async run<R>(work: (tx: Transaction) => Promise<R>): Promise<R> {
    const result = await work(this);
    // By index: a hook may register another.
    for (let next = 0; next < this.#beforeCommit.length; next += 1) await this.#beforeCommit[next]?.();
    return result;
  }

  close(): void {
    this.#open = false;
  }

  committed(): void {
    for (const hook of this.#onCommit) {
      try {
        hook();
      } catch (error) {
        // The change is durable: an error thrown here would tell the caller that it is not.
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }
}

/** The table types are the caller's claim about the schema its migrations made; Kysely has no other way to take it. */
export function tablesOf<T>(kysely: Kysely<unknown>): Tables<T> {
  return kysely as unknown as Tables<T>;
}

/** Makes a query through a kept handle fail instead of running outside, on whoever holds the connection by then. */
class OpenPlugin implements KyselyPlugin {
  readonly #isOpen: () => boolean;

  constructor(isOpen: () => boolean) {
    this.#isOpen = isOpen;
  }

  transformQuery({ node }: PluginTransformQueryArgs): PluginTransformQueryArgs['node'] {
    assertOpen(this.#isOpen());
    return node;
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<PluginTransformResultArgs['result']> {
    return result;
  }
}

function assertOpen(open: boolean): void {
  if (!open) throw new KuraError('internal', 'db.transaction-finished');
}

function translated(error: unknown): unknown {
  if (isDiskFull(error)) {
    return new KuraError('unavailable', 'db.disk-full', { cause: error });
  }
  return isUnreachable(error) ? new KuraError('unavailable', 'db.unreachable', { cause: error }) : error;
}
