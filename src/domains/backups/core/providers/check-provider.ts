/** One look at a storage provider, kept and told where something has changed. */

import { nowInstant } from '#kernel/clock';
import { dayIn } from '#kernel/day-in';
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { BackupsTables } from '../../store/backups-tables.ts';
import {
  type ProviderCheck,
  type StoredProvider,
  saveCheck,
  saveEndings,
  saveUsedDay,
} from '../../store/provider-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { providerFailed, providerRecovered, providerSpaceLow, providerSpaceOk } from '../backups-events.ts';
import { reasonOfError } from '../runs/reason-of.ts';
import { endingsOf, tellEndings } from './endings.ts';
import { probePlace, type Room } from './probe-place.ts';
import { loginsOf } from './provider-logins.ts';

/** A failure is kept, not thrown. @throws KuraError `backups.provider-out-of-reach`: no program can look there. */
export async function checkProvider(
  context: BackupsContext,
  actor: Actor,
  provider: StoredProvider,
  signal: AbortSignal,
): Promise<void> {
  const { key, address } = provider;
  if (address === null) {
    throw new KuraError('invalid', 'backups.provider-out-of-reach', { params: { provider: key } });
  }
  const check = await look(context, { ...provider, address }, signal);
  const used = usedBytes(provider, check);
  const seen = check.passed ? await context.certificateEnd(address, signal) : undefined;
  // What cannot be seen today is as it was.
  const certificateEndsAt = seen === undefined ? provider.certificateEndsAt : new Date(seen).toISOString();
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<BackupsTables>();
    await saveCheck(tables, key, check);
    if (used !== null)
      await saveUsedDay(tables, { provider: key, day: dayIn(context.zone(), check.at), usedBytes: used });
    tellChanges(tx, provider, check);
    await noteEndings(context, tx, { before: provider, after: { ...provider, certificateEndsAt } });
  });
}

interface LookedAt {
  readonly before: StoredProvider;
  readonly after: StoredProvider;
}

/** What time has brought to its login and its certificate. */
export async function noteEndings(
  { clock, zone }: Pick<BackupsContext, 'clock' | 'zone'>,
  tx: WriteTransaction,
  { before, after }: LookedAt,
): Promise<void> {
  const now = { ...after, ...endingsOf(after, clock.now(), zone()) };
  await saveEndings(tx.tables<BackupsTables>(), now);
  tellEndings(tx, before, now);
}

async function look(
  context: BackupsContext,
  provider: StoredProvider & { readonly address: string },
  signal: AbortSignal,
): Promise<ProviderCheck> {
  const at = nowInstant(context.clock);
  const began = context.clock.monotonic();
  try {
    const logins = await loginsOf(provider, context.secrets);
    const { address } = provider;
    const room = await probePlace({ address, logins, storages: context.storages, id: context.ids.next() }, signal);
    const latencyMs = Math.round((context.clock.monotonic() - began) * 10) / 10;
    return { at, passed: true, latencyMs, ...room, spaceLow: isLow(provider, room), error: null };
  } catch (error) {
    const { check } = provider;
    const spaceLow = check?.spaceLow ?? false;
    const unknown = { latencyMs: null, totalBytes: null, freeBytes: null };
    return { at, passed: false, ...unknown, spaceLow, error: reasonOfError(error) };
  }
}

/** In hundredths; null where size or room is not known. */
export function usedPercent({ capacityBytes }: Pick<StoredProvider, 'capacityBytes'>, room: Room): number | null {
  const total = room.totalBytes ?? capacityBytes;
  if (total === null || total === 0 || room.freeBytes === null) return null;
  return Math.round(((total - room.freeBytes) / total) * 1000) / 10;
}

function isLow(provider: StoredProvider, room: Room): boolean {
  const used = usedPercent(provider, room);
  return used !== null && used >= provider.warnPercent;
}

function usedBytes({ capacityBytes }: StoredProvider, { totalBytes, freeBytes }: ProviderCheck): number | null {
  const total = totalBytes ?? capacityBytes;
  return total === null || freeBytes === null ? null : Math.max(0, total - freeBytes);
}

function tellChanges(tx: WriteTransaction, provider: StoredProvider, check: ProviderCheck): void {
  const about = { provider: provider.key, title: provider.title };
  const before = provider.check;
  if (check.error !== null && before?.passed !== false) tx.publish(providerFailed, { ...about, ...check.error });
  if (check.error === null && before?.passed === false) tx.publish(providerRecovered, about);
  const wasLow = before?.spaceLow ?? false;
  if (wasLow && !check.spaceLow) tx.publish(providerSpaceOk, about);
  if (wasLow || !check.spaceLow) return;
  const percent = usedPercent(provider, check) ?? 0;
  const limit = { limitPercent: provider.warnPercent, freeBytes: check.freeBytes ?? 0 };
  tx.publish(providerSpaceLow, { ...about, usedPercent: percent, ...limit });
}
