/**
 * Healing a damaged repository: everything is read, what is hurt is looked for – in this repository, in a second one, in
 * the folders that were backed up – and only when all that could be found is written durably does the damage go.
 */
import { type BlobId, blobId } from '../format/blob.ts';
import { loadBlobStore } from '../objects/blob-store.ts';
import { newestRegister, updateRegister } from '../register/snapshot-register.ts';
import { requireRemovable } from '../repository/append-only.ts';
import { CONFIG_COPY_KEY, CONFIG_KEY } from '../repository/vault-config.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { acquireWriterLock, type WriterLock } from '../repository/writer-lock.ts';
import { listSnapshots, type Snapshot, snapshotIdIn } from '../snapshot/snapshot.ts';
import { type VerifyProgress, verify } from '../verify/verify.ts';
import type { VerifyProblem } from '../verify/verify-findings.ts';
import { healFromInside, healFromRepository, healFromSource } from './find-substitutes.ts';
import { createHealing, type HealedBy } from './healing.ts';
import { type RebuiltSnapshot, rebuildSnapshots } from './rebuild-snapshots.ts';
import { replaceDamaged } from './replace-damaged.ts';
import { wantedContents } from './wanted-files.ts';

export interface RepairRequest {
  /** A second repository, opened. */
  readonly from?: VaultContext;
  /** Whether the folders that were backed up may be read. */
  readonly fromSource?: boolean;
  /** Look for substitutes and say what could be healed; change nothing. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  /** Of the reading at the beginning, which takes the longest. */
  readonly onProgress?: (progress: VerifyProgress) => void;
}

export interface Healed {
  /** Id of a chunk, or key of a stored file. */
  readonly object: string;
  readonly by: HealedBy;
}

export interface RepairResult {
  readonly dryRun: boolean;
  /** Errors found at the beginning. */
  readonly errors: readonly VerifyProblem[];
  readonly healed: readonly Healed[];
  readonly rebuilt: readonly RebuiltSnapshot[];
  /** Damaged stored files that are gone. */
  readonly removed: readonly string[];
  /** What is wrong afterwards, and which files of which snapshots it costs. */
  readonly remaining: readonly VerifyProblem[];
  readonly seconds: number;
}

/** @throws KuraError refused `vault.append-only`, conflict `vault.locked`, and those of opening the second repository. */
export async function repair(context: VaultContext, request: RepairRequest): Promise<RepairResult> {
  const started = context.clock.monotonic();
  const requested = request.signal ?? new AbortController().signal;
  const dryRun = request.dryRun ?? false;
  if (!dryRun) requireRemovable(context.config);
  await using lock = dryRun ? undefined : await acquireWriterLock(context, 'repair', requested);
  const signal = lock === undefined ? requested : AbortSignal.any([requested, lock.lost]);
  const { errors, notes } = await verify(context, {
    readData: true,
    keepLedger: false,
    signal,
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
  });
  const damage = damageOf(errors);
  if (notes.some(({ code }) => code === 'vault.config-differs')) damage.configs.push(CONFIG_COPY_KEY);
  const work: Work = { context, request: { ...request, dryRun }, damage, lock, signal };
  const changed = await healInRounds(work);
  const remaining = dryRun ? errors : await whatRemains(work, errors);
  return { dryRun, errors, ...changed, remaining, seconds: (context.clock.monotonic() - started) / 1000 };
}

interface Damage {
  readonly configs: string[];
  readonly blobs: BlobId[];
  readonly packs: string[];
  readonly manifests: BlobId[];
  readonly records: string[];
}

interface Work {
  readonly context: VaultContext;
  readonly request: RepairRequest & { readonly dryRun: boolean };
  readonly damage: Damage;
  readonly lock: WriterLock | undefined;
  readonly signal: AbortSignal;
}

function damageOf(errors: readonly VerifyProblem[]): Damage {
  const damage: Damage = { configs: [], blobs: [], packs: [], manifests: [], records: [] };
  for (const { object, error } of errors) {
    // The chunks of such a content are sound; nothing can be put in their place.
    if (error.code === 'vault.content-mismatch') continue;
    if (object === CONFIG_KEY || object === CONFIG_COPY_KEY) damage.configs.push(object);
    else if (/^[0-9a-f]{64}$/.test(object)) damage.blobs.push(blobId(object));
    else if (object.startsWith('packs/')) damage.packs.push(object);
    else if (lostManifest.has(error.code)) damage.manifests.push(...[snapshotIdIn(object) ?? []].flat());
    else if (/^(?:(?:checked|index|holds)\/|register)/.test(object)) damage.records.push(object);
  }
  return damage;
}

const lostManifest: ReadonlySet<string> = new Set(['vault.snapshot-damaged', 'vault.snapshot-missing']);

type Changes = Pick<RepairResult, 'healed' | 'rebuilt' | 'removed'>;

/** A list that comes back tells of chunks that nobody missed before. */
async function healInRounds(work: Work): Promise<Changes> {
  let round = await heal(work);
  let all: Changes = round;
  while (round.blind && !work.request.dryRun && round.healed.length + round.rebuilt.length > 0) {
    const { errors } = await verify(work.context, { signal: work.signal });
    round = await heal({ ...work, damage: damageOf(errors) });
    all = {
      healed: [...all.healed, ...round.healed],
      rebuilt: [...all.rebuilt, ...round.rebuilt],
      removed: [...all.removed, ...round.removed],
    };
  }
  const { healed, rebuilt, removed } = all;
  return { healed, rebuilt, removed };
}

/** `blind`: not every list could be read, so that nobody knows all that is needed. */
async function heal(work: Work): Promise<Changes & { readonly blind: boolean }> {
  const { context, request, damage, lock, signal } = work;
  const configs = await healConfigs(work);
  const records = await healRecords(work);
  const store = await loadBlobStore(context.storage, context.codec, signal);
  const { snapshots } = await listSnapshots(context.storage, context.codec, signal);
  const healing = createHealing(context, damage.blobs, { dryRun: request.dryRun, signal });
  const search = { context, store, healing, signal };

  function contents() {
    return wantedContents(context, store, { snapshots, wanted: healing.wanted, signal });
  }

  await healFromInside(search, (await contents()).lengths);
  if (request.from !== undefined && healing.wanted.size > 0) await healFromRepository(search, request.from, contents);
  if (request.fromSource === true && healing.wanted.size > 0) {
    await healFromSource(search, (await contents()).files);
  }
  const hurt = new Set(damage.blobs);
  const blind = damage.manifests.length > 0 || snapshots.some(({ list }) => list.chunks.some(({ id }) => hurt.has(id)));
  // A pack without its directory may hold what a list asks for that cannot be read yet.
  const packs = blind ? [] : damage.packs;
  const removed =
    lock === undefined ? [] : await replaceDamaged({ context, store, healing, lock, signal }, hurt, packs);
  const rebuilt = await rebuild(work, { snapshots, wanted: healing.wanted });
  const healed = [...healing.healed].map(([object, by]) => ({ object, by }));
  return {
    healed: [...configs, ...records.healed, ...healed],
    rebuilt,
    removed: [...records.removed, ...removed],
    blind,
  };
}

/** The twin of the one that is damaged. */
async function healConfigs({ context, request, damage, signal }: Work): Promise<readonly Healed[]> {
  const { storage } = context;
  const [key] = damage.configs;
  if (key === undefined || damage.configs.length > 1) return [];
  if (!request.dryRun) {
    await storage.write(key, await storage.read(key === CONFIG_KEY ? CONFIG_COPY_KEY : CONFIG_KEY, { signal }), signal);
    await storage.sync(signal);
  }
  return [{ object: key, by: 'inside' }];
}

/**
 * Notes on what was read when, and the index, come again by themselves; the register is written anew from what is there; a
 * hold comes only from a copy.
 */
async function healRecords({ context, request, damage, signal }: Work) {
  const removed: string[] = [];
  const healed: Healed[] = [];
  for (const key of damage.records) {
    if (key.startsWith('holds/')) {
      if (await bringHoldBack(context, request, key)) healed.push({ object: key, by: 'repository' });
      continue;
    }
    if (key === 'register') continue;
    if (!request.dryRun) await context.storage.remove(key, signal);
    removed.push(key);
  }
  if (!request.dryRun && damage.records.some((key) => key.startsWith('register'))) {
    const { snapshots } = await listSnapshots(context.storage, context.codec, signal);
    await updateRegister(context, signal, { seen: newestRegister(snapshots) });
  }
  return { removed: request.dryRun ? [] : removed, healed };
}

async function bringHoldBack(
  { storage, codec, config }: VaultContext,
  { from, dryRun }: Work['request'],
  key: string,
): Promise<boolean> {
  if (from === undefined || from.config.id !== config.id) return false;
  const stored = await from.storage.read(key).catch(() => undefined);
  if (stored === undefined) return false;
  codec.open('record', blobId(key.slice('holds/'.length)), stored);
  if (!dryRun) await storage.write(key, stored);
  return true;
}

async function rebuild(
  { context, request, damage, lock, signal }: Work,
  { snapshots, wanted }: { readonly snapshots: readonly Snapshot[]; readonly wanted: ReadonlySet<BlobId> },
): Promise<readonly RebuiltSnapshot[]> {
  const lists = snapshots.filter(({ list }) => list.chunks.some(({ id }) => wanted.has(id)));
  if (request.from === undefined || lock === undefined || lists.length + damage.manifests.length === 0) return [];
  return await rebuildSnapshots(
    { from: request.from, to: context, signal, lock },
    { manifests: damage.manifests, lists },
  );
}

/** What was read at the beginning needs no second reading: damaged chunks are healed, or gone and therefore missing. */
async function whatRemains(
  { context, signal }: Work,
  errors: readonly VerifyProblem[],
): Promise<readonly VerifyProblem[]> {
  const after = await verify(context, { signal });
  const contents = errors.filter(({ error }) => error.code === 'vault.content-mismatch');
  return [...after.errors, ...contents];
}
