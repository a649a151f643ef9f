/** The only SQL of identity: sessions and one-time links, both under the hash of their secret. */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Database, type Migration, type Transaction } from '#platform/db';

export interface SessionRow {
  readonly id_hash: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly created_at: Instant;
  readonly last_seen_at: Instant;
  readonly expires_at: Instant;
}

interface LinkRow {
  readonly code_hash: string;
  readonly created_at: Instant;
  readonly expires_at: Instant;
  readonly used_at: Instant | null;
}

interface IdentityTables {
  sessions: SessionRow;
  login_links: LinkRow;
}

export const identityMigrations: readonly Migration[] = [
  {
    id: 'identity-0001-sessions-and-links',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'sessions')
        .addColumn('id_hash', type.text, (column) => column.primaryKey().notNull())
        .addColumn('actor_id', type.text, (column) => column.notNull())
        .addColumn('actor_name', type.text, (column) => column.notNull())
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .addColumn('last_seen_at', type.instant, (column) => column.notNull())
        .addColumn('expires_at', type.instant, (column) => column.notNull())
        .execute();
      await createTable(db, dialect, 'login_links')
        .addColumn('code_hash', type.text, (column) => column.primaryKey().notNull())
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .addColumn('expires_at', type.instant, (column) => column.notNull())
        .addColumn('used_at', type.instant)
        .execute();
    },
  },
];

export async function findSession(database: Database, idHash: string): Promise<SessionRow | undefined> {
  return database
    .tables<IdentityTables>()
    .selectFrom('sessions')
    .selectAll()
    .where('id_hash', '=', idHash)
    .executeTakeFirst();
}

export async function insertSession(tx: Transaction, session: SessionRow): Promise<void> {
  await tx.tables<IdentityTables>().insertInto('sessions').values(session).execute();
}

export async function touchSession(tx: Transaction, idHash: string, at: Instant): Promise<void> {
  await tx
    .tables<IdentityTables>()
    .updateTable('sessions')
    .set({ last_seen_at: at })
    .where('id_hash', '=', idHash)
    .execute();
}

/** Removes one session, and with it whatever has expired by now. */
export async function deleteSession(tx: Transaction, idHash: string, now: Instant): Promise<void> {
  await tx
    .tables<IdentityTables>()
    .deleteFrom('sessions')
    .where((row) => row.or([row('id_hash', '=', idHash), row('expires_at', '<', now)]))
    .execute();
}

export async function insertLink(tx: Transaction, link: LinkRow): Promise<void> {
  await tx.tables<IdentityTables>().insertInto('login_links').values(link).execute();
}

/** Marks the link used; false when it is unknown, used or expired. */
export async function useLink(tx: Transaction, codeHash: string, now: Instant): Promise<boolean> {
  const result = await tx
    .tables<IdentityTables>()
    .updateTable('login_links')
    .set({ used_at: now })
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
