/**
 * Verification. Structure: config, packs, snapshots and file lists can be read, and every chunk they refer to is there
 * with its right length. With `readData` every stored byte is read, authenticated, decompressed and hashed again: the
 * answer to "would a restore give back exactly what was backed up?". A part of it can be read at a time, and a ledger
 * keeps what was read when.
 */

import { isKuraError, KuraError } from '#kernel/errors';

import { mapInOrder } from '../concurrent.ts';
import { type BlobId, blobId } from '../format/blob.ts';
import { readHolds } from '../holds/hold-records.ts';
import { BlobLengths } from '../objects/blob-lengths.ts';
import { BlobSet } from '../objects/blob-set.ts';
import { type BlobCopy, type BlobStore, idInKey, loadBlobStore } from '../objects/blob-store.ts';
import { INDEX_PREFIX } from '../objects/pack-index.ts';
import { readRegister } from '../register/snapshot-register.ts';
import { recordIdIn } from '../repository/sealed-record.ts';
import { CONFIG_COPY_KEY, CONFIG_KEY, readConfigAt } from '../repository/vault-config.ts';
import type { VaultContext } from '../repository/vault-context.ts';
import { listSnapshots, type Snapshot, snapshotIdIn } from '../snapshot/snapshot.ts';
import type { Content } from '../snapshot/tree-entry.ts';
import { readNewEntries, readTreeList, WalkedPieces } from '../snapshot/tree-list.ts';
import type { StoredItem } from '../storage/storage.ts';
import { type CheckedLedger, type Coverage, coverageOf, keepLedger, readLedger } from './checked-ledger.ts';
import { checkContent, checkPlace, checkPresence, keyOfContent } from './verify-content.ts';
import { collect, createFindings, type Findings, type VerifyProblem } from './verify-findings.ts';
import { checkItems, isInSubset, type Subset } from './verify-items.ts';
import { checkRegister } from './verify-register.ts';
import type { VerifyRun } from './verify-run.ts';
import { checkSignatures, type SignatureReport } from './verify-signatures.ts';

export interface VerifyRequest {
  /** Read and authenticate every stored byte; otherwise only what is needed to know that everything is there. */
  readonly readData?: boolean;
  /** Read this part of the stored files … */
  readonly subset?: Subset;
  /** … or what was not read within so many milliseconds. */
  readonly dueWithinMs?: number;
  /** Public keys (64 hex digits): a snapshot that none of them signed counts as an error. */
  readonly signers?: readonly string[];
  /** Whether to keep in the repository what was read. Default true. */
  readonly keepLedger?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: VerifyProgress) => void;
}

export interface VerifyProgress {
  readonly objects: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly errors: number;
}

/** Worth knowing, but nothing is lost. */
export interface VerifyNote {
  readonly code:
    | 'vault.orphans'
    | 'vault.unknown-file'
    | 'vault.config-differs'
    | 'vault.coverage-not-kept'
    | 'vault.snapshot-unregistered';
  readonly params: Readonly<Record<string, string | number>>;
}

export interface VerifyResult {
  readonly snapshots: number;
  /** Blobs that were checked: their presence, or with `readData` their contents. */
  readonly objects: number;
  /** Stored bytes of those blobs. */
  readonly bytes: number;
  readonly errors: readonly VerifyProblem[];
  readonly notes: readonly VerifyNote[];
  readonly signatures: SignatureReport;
  /** After this run. */
  readonly coverage: Coverage;
  readonly seconds: number;
}

/** Contents checked at the same time. */
const WIDTH = 3;

export async function verify(context: VaultContext, request: VerifyRequest): Promise<VerifyResult> {
  const started = context.clock.monotonic();
  requireSubset(request.subset);
  const { run, snapshots, ledger, chosen, counted, signatures, unregistered } = await startVerifying(context, request);
  await checkSnapshots(run, snapshots);
  if (run.readData) await checkRest(run);
  if (chosen !== undefined) await checkItems(run, chosen);
  await run.findings.nameAffected(snapshots, (snapshot) => readTreeList(context, run.store, snapshot.list, run.signal));
  const read = run.reading ? soundItems(run, chosen ?? run.store.items) : new Set<string>();
  const unkept =
    read.size === 0 || request.keepLedger === false
      ? undefined
      : await keepLedger(context, ledger, { items: run.store.items, read, signal: run.signal });
  const now = context.clock.now();
  return {
    snapshots: snapshots.length,
    ...counted,
    errors: run.findings.problems(),
    notes: await takeNotes(run, { unkept, unregistered }),
    signatures,
    coverage: coverageOf(
      run.store.items,
      (item) => (read.has(item.key) ? now : ledger.lastRead(item)),
      request.dueWithinMs === undefined ? undefined : now - request.dueWithinMs,
    ),
    seconds: (context.clock.monotonic() - started) / 1000,
  };
}

/** What can be told by opening everything that is not content. */
async function startVerifying(context: VaultContext, request: VerifyRequest) {
  const signal = request.signal ?? new AbortController().signal;
  const findings = createFindings();
  await checkConfigs(context, findings, signal);
  await checkIndex(context, findings, signal);
  // Each pack must say itself what is in it: an index that says so proves nothing about the pack.
  const store = await loadBlobStore(context.storage, context.codec, signal, { index: false });
  for (const error of store.damagedPacks) findings.add(String(error.params['object']), error);
  const register = await readRegister(context, signal);
  const list = await listSnapshots(context.storage, context.codec, signal);
  const { snapshots, damaged } = list;
  const unregistered = await checkRegister(context, register, list, { findings, signal });
  const ledger = await readLedger(context, signal);
  for (const error of [...damaged, ...(await readHolds(context, signal)).damaged, ...ledger.damaged]) {
    findings.add(String(error.params['object']), error);
  }
  const signatures = checkSignatures(snapshots, request.signers, findings);
  const chosen = chosenItems(context, request, { store, ledger });
  const totalBytes = (chosen ?? store.items).reduce((sum, item) => sum + item.size, 0);
  const counted = { objects: 0, bytes: 0 };
  const run: VerifyRun = {
    context,
    store,
    signal,
    readData: request.readData === true && chosen === undefined,
    reading: request.readData === true || chosen !== undefined,
    findings,
    referenced: new BlobSet(store),
    read: new BlobLengths(store),
    onChecked(_id, place) {
      counted.objects += 1;
      counted.bytes += place.length;
      request.onProgress?.({ ...counted, totalBytes, errors: findings.count });
    },
  };
  return { run, snapshots, ledger, chosen, counted, signatures, unregistered };
}

function requireSubset(subset: Subset | undefined): void {
  if (subset === undefined) return;
  const { part, of } = subset;
  const isPart = Number.isSafeInteger(part) && Number.isSafeInteger(of) && part >= 1 && part <= of;
  if (!isPart) throw new KuraError('invalid', 'vault.subset-invalid', { params: { subset: `${part}/${of}` } });
}

/** Undefined when not a part is wanted but everything, or nothing. */
function chosenItems(
  { clock }: VaultContext,
  { subset, dueWithinMs }: VerifyRequest,
  { store, ledger }: { readonly store: BlobStore; readonly ledger: CheckedLedger },
): readonly StoredItem[] | undefined {
  if (subset !== undefined) return store.items.filter((item) => isInSubset(item, subset));
  if (dueWithinMs === undefined) return undefined;
  return store.items.filter((item) => (ledger.lastRead(item) ?? 0) < clock.now() - dueWithinMs);
}

/** Keys of those in which nothing was found wrong: what is hurt stays due. */
function soundItems({ findings, store }: VerifyRun, items: readonly StoredItem[]): ReadonlySet<string> {
  const hurt = new Set(store.copies.filter(({ id }) => findings.has(id)).map(({ place }) => place.key));
  for (const id of store.ids()) {
    const key = findings.count > 0 && findings.has(id) ? store.placeOf(id)?.key : undefined;
    if (key !== undefined) hurt.add(key);
  }
  return new Set(items.map(({ key }) => key).filter((key) => !hurt.has(key) && !findings.has(key)));
}

/** Opening used whichever of the two was readable; here both must be. */
async function checkConfigs(context: VaultContext, findings: Findings, signal: AbortSignal): Promise<void> {
  for (const key of [CONFIG_KEY, CONFIG_COPY_KEY]) {
    await collect(findings, key, async () => {
      await readConfigAt(context.storage, key, signal);
    });
  }
}

/** The index is never trusted; a damaged one still says that something is wrong with the medium. */
async function checkIndex({ storage, codec }: VaultContext, findings: Findings, signal: AbortSignal): Promise<void> {
  for await (const { key } of storage.list(INDEX_PREFIX, signal)) {
    const id = /^index\/([0-9a-f]{64})$/.exec(key)?.[1];
    if (id === undefined) continue;
    try {
      codec.open('index', blobId(id), await storage.read(key, { signal }));
    } catch (cause) {
      if (!isKuraError(cause) || cause.kind !== 'mismatch') throw cause;
      findings.add(key, new KuraError('mismatch', 'vault.index-damaged', { params: { object: key }, cause }));
    }
  }
}

async function checkSnapshots(run: VerifyRun, snapshots: readonly Snapshot[]): Promise<void> {
  const seen = new Set<string>();
  const walked = new WalkedPieces();
  for (const snapshot of snapshots) {
    const name = `snapshots/${snapshot.id}`;
    await collect(run.findings, name, async () => {
      const checks = mapInOrder(contentsOf(run, snapshot, walked), WIDTH, (content) => checkOnce(run, seen, content));
      for await (const _ of checks) run.signal.throwIfAborted();
    });
  }
}

/** What the snapshots before have in common with this one was looked at with them. */
async function* contentsOf(run: VerifyRun, { list }: Snapshot, walked: WalkedPieces): AsyncGenerator<Content> {
  yield list;
  for await (const entry of readNewEntries(run.context, run.store, list, { walked, signal: run.signal })) {
    if (entry.type === 'file') yield entry;
  }
}

async function checkOnce(run: VerifyRun, seen: Set<string>, content: Content): Promise<void> {
  if (wasChecked(run, seen, content)) return;
  for (const chunk of content.chunks) checkPresence(run, chunk);
  if (run.readData) await checkContent(run, content);
}

/** Of one chunk the chunk is remembered anyway: the names of a million small contents would take 150 MB. */
function wasChecked({ read, findings }: VerifyRun, seen: Set<string>, content: Content): boolean {
  const [chunk, ...others] = content.chunks;
  if (chunk === undefined) return content.size === 0;
  if (others.length === 0) return findings.has(chunk.id) || read.of(chunk.id) === content.size;
  const key = keyOfContent(content);
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

/** What no snapshot refers to, and further copies: unused today, but a backup may take them up tomorrow. */
async function checkRest(run: VerifyRun): Promise<void> {
  for await (const _ of mapInOrder(unread(run), WIDTH, (blob) => checkPlace(run, blob))) run.signal.throwIfAborted();
}

function* unread({ store, read, findings }: VerifyRun): Generator<BlobCopy> {
  for (const id of store.ids()) {
    const place = read.of(id) !== undefined || findings.has(id) ? undefined : store.placeOf(id);
    if (place !== undefined) yield { id, place };
  }
  yield* store.copies;
}

async function takeNotes(
  run: VerifyRun,
  { unkept, unregistered }: { readonly unkept: KuraError | undefined; readonly unregistered: readonly BlobId[] },
): Promise<readonly VerifyNote[]> {
  const notes: VerifyNote[] = unregistered.map((snapshot) => ({
    code: 'vault.snapshot-unregistered',
    params: { snapshot: snapshot.slice(0, 12) },
  }));
  if (unkept !== undefined) notes.push({ code: 'vault.coverage-not-kept', params: { reason: unkept.message } });
  if (await configsDiffer(run)) notes.push({ code: 'vault.config-differs', params: {} });
  const orphans = { objects: 0, bytes: 0 };
  for (const id of run.store.ids()) {
    if (run.referenced.has(id)) continue;
    orphans.objects += 1;
    orphans.bytes += run.store.placeOf(id)?.length ?? 0;
  }
  if (orphans.objects > 0) notes.push({ code: 'vault.orphans', params: orphans });
  for await (const { key } of run.context.storage.list('', run.signal)) {
    if (!isOurs(key)) notes.push({ code: 'vault.unknown-file', params: { object: key } });
  }
  return notes;
}

/** Both sound, yet not the same: a change of keys that did not finish. */
async function configsDiffer({ context, findings, signal }: VerifyRun): Promise<boolean> {
  if (findings.has(CONFIG_KEY) || findings.has(CONFIG_COPY_KEY)) return false;
  const [one, other] = await Promise.all(
    [CONFIG_KEY, CONFIG_COPY_KEY].map((key) => context.storage.read(key, { signal })),
  );
  return one !== undefined && other !== undefined && !Buffer.from(one).equals(other);
}

function isOurs(key: string): boolean {
  const known = key === CONFIG_KEY || key === CONFIG_COPY_KEY || /^(?:locks\/|probes\/|index\/[0-9a-f]{64}$)/.test(key);
  return known || [idInKey, snapshotIdIn, recordIdIn].some((idIn) => idIn(key) !== undefined);
}
