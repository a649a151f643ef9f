/** Snapshots: what was backed up, when, from where, and the content that holds the file list. */
import { z } from 'zod';

import { type Instant, instant } from '#kernel/brands';
import { isKuraError, KuraError } from '#kernel/errors';

import { type BlobCodec, type BlobId, blobId } from '../format/blob.ts';
import {
  readSignature,
  type SnapshotSignature,
  type SnapshotSigner,
  signedManifest,
} from '../signing/snapshot-signature.ts';
import type { VaultStorage } from '../storage/storage.ts';
import { type Content, contentSchema, decodeContent, encodeContent } from './tree-entry.ts';

const problemCodes = [
  'vault.file-unreadable',
  'vault.file-changed',
  'vault.folder-unreadable',
  'vault.attributes-unreadable',
  'vault.source-emptied',
  'vault.source-warned',
] as const;

/** What could not be kept as it is, or must be looked at, and why (`code` is a message key). */
export interface SourceProblem {
  /** From the source; empty when the whole source is meant. */
  readonly path: string;
  readonly code: (typeof problemCodes)[number];
  readonly reason: string;
}

const noteCodes = ['vault.attributes-not-kept', 'vault.special-not-kept'] as const;

/** What this kind of snapshot does not hold (`code` is a message key). */
export interface SnapshotNote {
  readonly code: (typeof noteCodes)[number];
  /** Of what it is about; empty when it is the whole snapshot. */
  readonly path: string;
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
  readonly excludeCaches?: boolean | undefined;
  readonly excludeLargerThan?: number | undefined;
  readonly oneFileSystem?: boolean | undefined;
  readonly parent: BlobId | undefined;
  /** `partial` when anything in `problems` is not, or not reliably, in the snapshot. */
  readonly result: 'complete' | 'partial';
  readonly totals: SnapshotTotals;
  readonly problems: readonly SourceProblem[];
  /** At most 100 of each kind. */
  readonly notes?: readonly SnapshotNote[] | undefined;
  /** The file list, JSON Lines. */
  readonly list: Content;
  /** Where it was first made, when it was copied from another repository. */
  readonly copyOf?: SnapshotOrigin | undefined;
  /** Number of the register's newest record when it was made; absent in snapshots from before there was a register. */
  readonly register?: number | undefined;
  /** Absent when it is not signed. */
  readonly signature?: SnapshotSignature | undefined;
}

export interface SnapshotOrigin {
  /** Id of the repository it was made in, and its id there. */
  readonly repository: string;
  readonly snapshot: string;
  /** Public key whose valid signature it bore when it was copied. */
  readonly signer?: string | undefined;
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
  excludeCaches: z.boolean().optional(),
  excludeLargerThan: count.optional(),
  oneFileSystem: z.boolean().optional(),
  parent: id.optional(),
  result: z.enum(['complete', 'partial']),
  totals: z.object({ files: count, directories: count, links: count, special: count, bytes: count }),
  problems: z.array(
    z.object({
      path: z.string(),
      code: z.enum(problemCodes),
      reason: z.string(),
    }),
  ),
  notes: z.array(z.object({ path: z.string(), code: z.enum(noteCodes) })).optional(),
  list: contentSchema,
  copyOf: z.object({ repository: z.uuid(), snapshot: id, signer: id.optional() }).optional(),
  register: count.optional(),
});

const SNAPSHOTS = 'snapshots/';

export interface SnapshotHome {
  readonly storage: VaultStorage;
  readonly codec: BlobCodec;
  readonly signer?: SnapshotSigner | undefined;
}

/** Whoever calls it updates the register as well, as `addSnapshot` does. */
export async function writeSnapshot(
  { storage, codec, signer }: SnapshotHome,
  snapshot: Omit<Snapshot, 'id' | 'signature'>,
  signal: AbortSignal,
): Promise<Snapshot> {
  const document = { format: 'kura-snapshot', version: 1, ...snapshot, list: encodeContent(snapshot.list) };
  const plain = signedManifest(document, codec.vaultId, signer);
  const id = codec.idOf(plain);
  await storage.write(`${SNAPSHOTS}${id}`, codec.seal('snapshot', id, plain), signal);
  await storage.sync(signal);
  return { ...snapshot, id, signature: readSignature(plain, codec.vaultId) };
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
    const plain = codec.open('snapshot', id, sealed);
    const json: unknown = JSON.parse(Buffer.from(plain).toString('utf8'));
    const data = snapshotSchema.parse(json);
    return {
      ...data,
      id,
      startedAt: instant(new Date(data.startedAt)),
      endedAt: instant(new Date(data.endedAt)),
      parent: data.parent === undefined ? undefined : blobId(data.parent),
      list: decodeContent(data.list),
      signature: readSignature(plain, codec.vaultId),
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
  for (const id of await snapshotIds(storage, signal)) {
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

/** Of all that are there, readable or not. */
export async function snapshotIds(storage: VaultStorage, signal?: AbortSignal): Promise<readonly BlobId[]> {
  const ids: BlobId[] = [];
  for await (const { key } of storage.list(SNAPSHOTS, signal)) {
    const id = snapshotIdIn(key);
    if (id !== undefined) ids.push(id);
  }
  return ids;
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
  const matches = (await snapshotIds(storage, signal)).filter((each) => each.startsWith(reference.toLowerCase()));
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
