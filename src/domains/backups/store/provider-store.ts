/** Storage providers as rows. */
import type { Selectable } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { ProviderView } from '../contract/index.ts';
import type { Reason } from '../core/runs/run-record.ts';
import type { BackupsTables } from './backups-tables.ts';
import { reasonColumns, reasonOf } from './reason-columns.ts';

type Reads = ReadTables<BackupsTables>;
type Writes = Tables<BackupsTables>;

export interface ProviderCheck {
  readonly at: string;
  readonly passed: boolean;
  readonly latencyMs: number | null;
  readonly totalBytes: number | null;
  readonly freeBytes: number | null;
  readonly spaceLow: boolean;
  readonly error: Reason | null;
}

export interface StoredProvider extends Omit<ProviderView, 'hasLogin' | 'copies' | 'check' | 'forecast'> {
  /** Sealed JSON; null for none. */
  readonly login: string | null;
  readonly check: ProviderCheck | null;
}

/** By key. */
export async function findProviders(reads: Reads): Promise<readonly StoredProvider[]> {
  return (await reads.selectFrom('backup_providers').selectAll().orderBy('key').execute()).map(providerOf);
}

export async function findProvider(reads: Reads, key: string): Promise<StoredProvider | undefined> {
  const row = await reads.selectFrom('backup_providers').selectAll().where('key', '=', key).executeTakeFirst();
  return row === undefined ? undefined : providerOf(row);
}

/** What people say of it; what was measured stays. */
export async function saveProvider(tables: Writes, provider: Omit<StoredProvider, 'check'>): Promise<void> {
  const columns = {
    title: provider.title,
    address: provider.address,
    site: provider.site,
    media: provider.media,
    login: provider.login,
    capacity_bytes: provider.capacityBytes,
    warn_percent: provider.warnPercent,
    active: Number(provider.active),
    login_ends_on: provider.loginEndsOn,
    login_ending: Number(provider.loginEnding),
    certificate_ends_at: provider.certificateEndsAt,
    certificate_ending: Number(provider.certificateEnding),
    updated_at: provider.updatedAt,
  };
  await tables
    .insertInto('backup_providers')
    .values({ key: provider.key, created_at: provider.createdAt, space_low: 0, ...columns })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(columns))
    .execute();
}

export async function saveCheck(tables: Writes, key: string, check: ProviderCheck): Promise<void> {
  await tables
    .updateTable('backup_providers')
    .set({
      checked_at: check.at,
      reachable: Number(check.passed),
      latency_ms: check.latencyMs,
      total_bytes: check.totalBytes,
      free_bytes: check.freeBytes,
      space_low: Number(check.spaceLow),
      ...reasonColumns(check.error),
    })
    .where('key', '=', key)
    .execute();
}

type Endings = Pick<StoredProvider, 'key' | 'certificateEndsAt' | 'loginEnding' | 'certificateEnding'>;

export async function saveEndings(tables: Writes, { key, ...ends }: Endings): Promise<void> {
  await tables
    .updateTable('backup_providers')
    .set({
      certificate_ends_at: ends.certificateEndsAt,
      login_ending: Number(ends.loginEnding),
      certificate_ending: Number(ends.certificateEnding),
    })
    .where('key', '=', key)
    .execute();
}

export async function deleteProvider(tables: Writes, key: string): Promise<void> {
  await tables.deleteFrom('backup_providers').where('key', '=', key).execute();
}

/** Copies in use by provider. */
export async function copiesByProvider(reads: Reads): Promise<ReadonlyMap<string, number>> {
  const rows = await reads
    .selectFrom('backup_copies')
    .select(['provider', ({ fn }) => fn.countAll<number | string>().as('copies')])
    .where('provider', 'is not', null)
    .where('removed_at', 'is', null)
    .groupBy('provider')
    .execute();
  return new Map(rows.map(({ provider, copies }) => [provider ?? '', Number(copies)]));
}

export interface UsedDay {
  readonly provider: string;
  readonly day: string;
  readonly usedBytes: number;
}

export async function saveUsedDay(tables: Writes, { provider, day, usedBytes }: UsedDay): Promise<void> {
  await tables
    .insertInto('backup_provider_days')
    .values({ provider, day, used_bytes: usedBytes })
    .onConflict((conflict) => conflict.columns(['provider', 'day']).doUpdateSet({ used_bytes: usedBytes }))
    .execute();
}

/** Of all providers since then, oldest first. */
export async function usedDays(reads: Reads, since: string): Promise<readonly UsedDay[]> {
  const rows = await reads
    .selectFrom('backup_provider_days')
    .selectAll()
    .where('day', '>=', since)
    .orderBy('day')
    .execute();
  return rows.map(({ provider, day, used_bytes: usedBytes }) => ({ provider, day, usedBytes }));
}

function providerOf(row: Selectable<BackupsTables['backup_providers']>): StoredProvider {
  return {
    key: row.key,
    title: row.title,
    address: row.address,
    site: row.site,
    media: row.media,
    login: row.login,
    capacityBytes: row.capacity_bytes,
    warnPercent: row.warn_percent,
    active: row.active === 1,
    loginEndsOn: row.login_ends_on,
    certificateEndsAt: row.certificate_ends_at,
    loginEnding: row.login_ending === 1,
    certificateEnding: row.certificate_ending === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    check:
      row.checked_at === null
        ? null
        : {
            at: row.checked_at,
            passed: row.reachable === 1,
            latencyMs: row.latency_ms,
            totalBytes: row.total_bytes,
            freeBytes: row.free_bytes,
            spaceLow: row.space_low === 1,
            error: reasonOf(row),
          },
  };
}
