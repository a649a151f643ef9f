/** Tries a place out: writes a small file, reads it back, takes it away, and looks how much room is left. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import type { StorageOpener } from '../../ports.ts';
import { requireFolder } from '../register/require-place.ts';
import { isAddress } from '../vaults/repository-place.ts';

export interface Room {
  /** Null where nobody can say. */
  readonly totalBytes: number | null;
  readonly freeBytes: number | null;
}

export interface ProbeRequest {
  readonly address: string;
  readonly logins: string | undefined;
  readonly storages: StorageOpener;
  /** Makes the name of the file unique. */
  readonly id: string;
}

const probeBytes = 4096;
const cleanUpMs = 30 * SECOND;

/** @throws KuraError `backups.probe-differs`, `backups.source-missing`, and what the place answers. */
export async function probePlace(request: ProbeRequest, signal: AbortSignal): Promise<Room> {
  return isAddress(request.address) ? await probeServer(request, signal) : await probeFolder(request);
}

async function probeFolder({ address, id }: ProbeRequest): Promise<Room> {
  // A folder that is missing may be a disk that is not mounted; making it would write to another one.
  await requireFolder(address);
  const path = join(address, `.kura-probe-${id}`);
  const content = randomBytes(probeBytes);
  try {
    await using file = await open(path, 'wx', 0o600);
    await file.writeFile(content);
    await file.sync();
    requireSame(await readFile(path), content, address);
  } finally {
    await rm(path, { force: true });
  }
  const { bsize, blocks, bavail } = await statfs(address);
  return { totalBytes: bsize * blocks, freeBytes: bsize * bavail };
}

async function probeServer({ address, logins, storages, id }: ProbeRequest, signal: AbortSignal): Promise<Room> {
  await using storage = await storages.open(address, logins);
  const key = `kura-probe/${id}`;
  const content = randomBytes(probeBytes);
  await storage.write(key, content, signal);
  try {
    requireSame(await storage.read(key, { signal }), content, address);
  } finally {
    // Also when the look was cancelled: nothing of it stays there.
    await storage.remove(key, AbortSignal.timeout(cleanUpMs));
  }
  return { totalBytes: null, freeBytes: (await storage.freeBytes(signal)) ?? null };
}

function requireSame(read: Uint8Array, written: Uint8Array, address: string): void {
  if (Buffer.compare(read, written) === 0) return;
  throw new KuraError('mismatch', 'backups.probe-differs', { params: { address } });
}
