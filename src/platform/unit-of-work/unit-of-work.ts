/** The only way to write: a change with its audit record, events and jobs, in one transaction. */
import { type Clock, nowInstant } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import type { Database, Transaction, TransactionOptions } from '#platform/db';
import type { EventDefinition, EventOutbox } from '#platform/events';
import type { Enqueued, EnqueueOptions, JobKind, JobQueue } from '#platform/jobs';

import type { Actor } from './actor.ts';
import { auditColumns } from './audit-columns.ts';
import type { AuditEntry, AuditTables } from './audit-entry.ts';

export interface WriteTransaction extends Transaction {
  readonly actor: Actor;
  /** Becomes visible to subscribers with the commit. */
  publish<P>(definition: EventDefinition<P>, payload: P): void;
  /** Exists with the commit. */
  enqueue<P>(kind: JobKind<P>, payload: P, options?: EnqueueOptions): Promise<Enqueued>;
  /** Appends to the audit log in the name of the actor. */
  audit(entry: AuditEntry): Promise<void>;
}

export interface UnitOfWork {
  /**
   * Runs `work` and commits everything it did, or nothing. After a collision with another writer it runs again: do
   * nothing in it that the database cannot take back; use `onCommit` for that.
   */
  write<R>(
    actor: Actor,
    work: (tx: WriteTransaction) => Promise<R>,
    options?: Pick<TransactionOptions, 'signal' | 'durability'>,
  ): Promise<R>;
}

export interface UnitOfWorkDeps {
  readonly database: Database;
  readonly jobs: Pick<JobQueue, 'enqueue'>;
  readonly events: Pick<EventOutbox, 'publish'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Hears of each transaction that wrote entries, before its commit; gives them their place in the chain. */
  readonly sealing?: { readonly attach: (tx: Transaction) => void };
}

export function createUnitOfWork(deps: UnitOfWorkDeps): UnitOfWork {
  return {
    write: (actor, work, options) =>
      deps.database.transaction((tx) => work(writeTransaction(deps, tx, actor)), options),
  };
}

function writeTransaction(
  { jobs, events, clock, ids, sealing }: UnitOfWorkDeps,
  tx: Transaction,
  actor: Actor,
): WriteTransaction {
  return {
    actor,
    dialect: tx.dialect,
    tables: () => tx.tables(),
    beforeCommit: (hook) => {
      tx.beforeCommit(hook);
    },
    onCommit: (hook) => {
      tx.onCommit(hook);
    },
    publish: (definition, payload) => {
      events.publish(tx, definition, payload);
    },
    enqueue: (kind, payload, options) => jobs.enqueue(tx, kind, payload, options),
    audit: async (entry) => {
      const row = { ...auditColumns(actor, entry), id: ids.next(), at: nowInstant(clock) };
      await tx.tables<AuditTables>().insertInto('audit_log').values(row).execute();
      sealing?.attach(tx);
    },
  };
}
