/**
 * Verification. Structure: config, packs, snapshots and file lists can be read, and every chunk they refer to is there
 * with its right length. With `readData` every stored byte is read, authenticated, decompressed and hashed again: the
 * answer to "would a restore give back exactly what was backed up?".
 */
import { idInKey, loadBlobStore } from './blob-store.ts';
import { mapInOrder } from './concurrent.ts';
import { listSnapshots, type Snapshot, snapshotIdIn } from './snapshot.ts';
import type { Content } from './tree-entry.ts';
import { readTreeList } from './tree-list.ts';
import { CONFIG_COPY_KEY, CONFIG_KEY, readConfigAt } from './vault-config.ts';
import type { VaultContext } from './vault-context.ts';
import { checkContent, checkPlace, checkPresence } from './verify-content.ts';
import { collect, createFindings, type Findings, type VerifyProblem } from './verify-findings.ts';
import type { VerifyRun } from './verify-run.ts';

export interface VerifyRequest {
  /** Read and authenticate every stored byte; otherwise only what is needed to know that everything is there. */
  readonly readData?: boolean;
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
  readonly code: 'vault.orphans' | 'vault.unknown-file';
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
  readonly seconds: number;
}

/** Contents checked at the same time. */
const WIDTH = 3;

export async function verify(context: VaultContext, request: VerifyRequest): Promise<VerifyResult> {
  const started = context.clock.monotonic();
  const signal = request.signal ?? new AbortController().signal;
  const findings = createFindings();
  await checkConfigs(context, findings, signal);
  const store = await loadBlobStore(context.storage, context.codec, signal);
  for (const error of store.damagedPacks) findings.add(String(error.params['object']), error);
  const { snapshots, damaged } = await listSnapshots(context.storage, context.codec, signal);
  for (const error of damaged) findings.add(String(error.params['object']), error);

  const totalBytes = store.items.reduce((sum, item) => sum + item.size, 0);
  const counted = { objects: 0, bytes: 0 };
  const run: VerifyRun = {
    context,
    store,
    signal,
    readData: request.readData ?? false,
    findings,
    referenced: new Set(),
    read: new Set(),
    onChecked(_id, place) {
      counted.objects += 1;
      counted.bytes += place.length;
      request.onProgress?.({ ...counted, totalBytes, errors: findings.count });
    },
  };
  await checkSnapshots(run, snapshots);
  if (run.readData) await checkRest(run);
  await findings.nameAffected(snapshots, (snapshot) => readTreeList(context, store, snapshot.list, signal));
  return {
    snapshots: snapshots.length,
    ...counted,
    errors: findings.problems(),
    notes: await takeNotes(run),
    seconds: (context.clock.monotonic() - started) / 1000,
  };
}

/** Opening used whichever of the two was readable; here both must be. */
async function checkConfigs(context: VaultContext, findings: Findings, signal: AbortSignal): Promise<void> {
  for (const key of [CONFIG_KEY, CONFIG_COPY_KEY]) {
    await collect(findings, key, async () => {
      await readConfigAt(context.storage, key, signal);
    });
  }
}

async function checkSnapshots(run: VerifyRun, snapshots: readonly Snapshot[]): Promise<void> {
  const seen = new Set<string>();
  for (const snapshot of snapshots) {
    const name = `snapshots/${snapshot.id}`;
    await collect(run.findings, name, async () => {
      const checks = mapInOrder(contentsOf(run, snapshot), WIDTH, (content) => checkOnce(run, seen, content));
      for await (const _ of checks) run.signal.throwIfAborted();
    });
  }
}

async function* contentsOf(run: VerifyRun, snapshot: Snapshot): AsyncGenerator<Content> {
  yield snapshot.list;
  for await (const entry of readTreeList(run.context, run.store, snapshot.list, run.signal)) {
    if (entry.type === 'file') yield entry;
  }
}

async function checkOnce(run: VerifyRun, seen: Set<string>, content: Content): Promise<void> {
  if (seen.has(content.sha256)) return;
  seen.add(content.sha256);
  for (const chunk of content.chunks) checkPresence(run, chunk);
  if (run.readData) await checkContent(run, content);
}

/** What no snapshot refers to, and further copies: unused today, but a backup may take them up tomorrow. */
async function checkRest(run: VerifyRun): Promise<void> {
  const rest = [...run.store.ids()].filter((id) => !run.read.has(id) && !run.findings.has(id));
  const places = rest.flatMap((id) => {
    const place = run.store.placeOf(id);
    return place === undefined ? [] : [{ id, place }];
  });
  for await (const _ of mapInOrder([...places, ...run.store.copies], WIDTH, (blob) => checkPlace(run, blob))) {
    run.signal.throwIfAborted();
  }
}

async function takeNotes(run: VerifyRun): Promise<readonly VerifyNote[]> {
  const notes: VerifyNote[] = [];
  const orphans = [...run.store.ids()].filter((id) => !run.referenced.has(id));
  if (orphans.length > 0) {
    const bytes = orphans.reduce((sum, id) => sum + (run.store.placeOf(id)?.length ?? 0), 0);
    notes.push({ code: 'vault.orphans', params: { objects: orphans.length, bytes } });
  }
  for await (const { key } of run.context.storage.list('', run.signal)) {
    if (!isOurs(key)) notes.push({ code: 'vault.unknown-file', params: { object: key } });
  }
  return notes;
}

function isOurs(key: string): boolean {
  const known = key === CONFIG_KEY || key === CONFIG_COPY_KEY || key.startsWith('locks/');
  return known || idInKey(key) !== undefined || snapshotIdIn(key) !== undefined;
}
