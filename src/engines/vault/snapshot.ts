/** Snapshots: what was backed up, when, from where, and the content that holds the file list. */
import { z } from 'zod';

import { type Instant, instant } from '#kernel/brands';
import { isKuraError, KuraError } from '#kernel/errors';

import { type BlobCodec, type BlobId, blobId } from './blob.ts';
import type { VaultStorage } from './storage.ts';
import { type Content, contentSchema, decodeContent, encodeContent } from './tree-entry.ts';

/** A path that could not be kept as it is, and why (`code` is a message key). */
export interface SourceProblem {
  readonly path: string;
  readonly code: 'vault.file-unreadable' | 'vault.file-changed' | 'vault.folder-unreadable';
  readonly reason: string;
}

export interface SnapshotTotals {
  readonly files: number;
  readonly directories: number;
  readonly links: number;
  /** Sockets, pipes and devices: not kept. */
  readonly special: number;
  /** Sum of file sizes. */
  readonly bytes: number;
}

export interface Snapshot {
  /** 64 hex digits; any unique beginning of 4 or more, and `latest`, refer to it. */
  readonly id: BlobId;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly host: string;
  /** Absolute path of the folder that was backed up. */
  readonly source: string;
  readonly tags: readonly string[];
  readonly exclude: readonly string[];
  readonly parent: BlobId | undefined;
  /** `partial` when anything in `problems` is not, or not reliably, in the snapshot. */
  readonly result: 'complete' | 'partial';
  readonly totals: SnapshotTotals;
  readonly problems: readonly SourceProblem[];
  /** The file list, JSON Lines. */
  readonly list: Content;
}

const id = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();
const snapshotSchema = z.object({
  format: z.literal('kura-snapshot'),
  version: z.literal(1),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  host: z.string(),
  source: z.string(),
  tags: z.array(z.string()),
  exclude: z.array(z.string()),
  parent: id.optional(),
  result: z.enum(['complete', 'partial']),
  totals: z.object({ files: count, directories: count, links: count, special: count, bytes: count }),
  problems: z.array(
    z.object({
      path: z.string(),
      code: z.enum(['vault.file-unreadable', 'vault.file-changed', 'vault.folder-unreadable']),
      reason: z.string(),
    }),
  ),
  list: contentSchema,
});

const SNAPSHOTS = 'snapshots/';

export async function writeSnapshot(
  storage: VaultStorage,
  codec: BlobCodec,
  snapshot: Omit<Snapshot, 'id'>,
  signal: AbortSignal,
): Promise<Snapshot> {
  const document = { format: 'kura-snapshot', version: 1, ...snapshot, list: encodeContent(snapshot.list) };
  const plain = Buffer.from(JSON.stringify(document));
  const id = codec.idOf(plain);
  await storage.write(`${SNAPSHOTS}${id}`, codec.seal('snapshot', id, plain), signal);
  await storage.sync(signal);
  return { ...snapshot, id };
}

/** @throws KuraError mismatch `vault.snapshot-damaged`, not-found `vault.object-missing`. */
async function readSnapshot(
  storage: VaultStorage,
  codec: BlobCodec,
  id: BlobId,
  signal?: AbortSignal,
): Promise<Snapshot> {
  const key = `${SNAPSHOTS}${id}`;
  const sealed = await storage.read(key, signal === undefined ? {} : { signal });
  try {
    const json: unknown = JSON.parse(Buffer.from(codec.open('snapshot', id, sealed)).toString('utf8'));
    const data = snapshotSchema.parse(json);
    return {
      ...data,
      id,
      startedAt: instant(new Date(data.startedAt)),
      endedAt: instant(new Date(data.endedAt)),
      parent: data.parent === undefined ? undefined : blobId(data.parent),
      list: decodeContent(data.list),
    };
  } catch (error) {
    throw new KuraError('mismatch', 'vault.snapshot-damaged', { params: { object: key }, cause: error });
  }
}

export interface SnapshotList {
  /** Oldest first. */
  readonly snapshots: readonly Snapshot[];
  /** Snapshots that are there but cannot be read; each names its object. */
  readonly damaged: readonly KuraError[];
}

export async function listSnapshots(
  storage: VaultStorage,
  codec: BlobCodec,
  signal?: AbortSignal,
): Promise<SnapshotList> {
  const snapshots: Snapshot[] = [];
  const damaged: KuraError[] = [];
  for await (const { key } of storage.list(SNAPSHOTS, signal)) {
    const id = snapshotIdIn(key);
    if (id === undefined) continue;
    try {
      snapshots.push(await readSnapshot(storage, codec, id, signal));
    } catch (error) {
      if (!isKuraError(error) || error.kind !== 'mismatch') throw error;
      damaged.push(error);
    }
  }
  snapshots.sort((one, other) => (`${one.startedAt}${one.id}` < `${other.startedAt}${other.id}` ? -1 : 1));
  return { snapshots, damaged };
}

export function snapshotIdIn(key: string): BlobId | undefined {
  const match = /^snapshots\/([0-9a-f]{64})$/.exec(key);
  return match?.[1] === undefined ? undefined : blobId(match[1]);
}

/**
 * `latest`, a full id or a unique beginning of one.
 * @throws KuraError not-found `vault.snapshot-not-found` | `vault.no-snapshots`, invalid `vault.snapshot-ambiguous`.
 */
export async function resolveSnapshot(
  storage: VaultStorage,
  codec: BlobCodec,
  reference: string,
  signal?: AbortSignal,
): Promise<Snapshot> {
  if (reference === 'latest') {
    const { snapshots, damaged } = await listSnapshots(storage, codec, signal);
    const latest = snapshots.at(-1);
    if (latest !== undefined) return latest;
    throw damaged[0] ?? new KuraError('not-found', 'vault.no-snapshots', { params: { location: storage.location } });
  }
  const matches: BlobId[] = [];
  for await (const { key } of storage.list(SNAPSHOTS, signal)) {
    const id = snapshotIdIn(key);
    if (id?.startsWith(reference.toLowerCase()) === true) matches.push(id);
  }
  const [only] = matches;
  if (only === undefined || reference.length < 4) {
    throw new KuraError('not-found', 'vault.snapshot-not-found', { params: { snapshot: reference } });
  }
  if (matches.length > 1) {
    throw new KuraError('invalid', 'vault.snapshot-ambiguous', {
      params: { snapshot: reference, matches: matches.length },
    });
  }
  return readSnapshot(storage, codec, only, signal);
}
