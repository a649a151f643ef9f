/** Fetches into the part, measures it and judges it; wrong bytes are set aside and the file is fetched once more. */
import type { Dispatcher } from 'undici';
import { bytes } from '#kernel/brands';
import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import { checkBlocks } from './blocks/check-blocks.ts';
import { fetchAll } from './fetch-all.ts';
import {
  allHashNames,
  compareHashes,
  type ExpectedHashes,
  type FileHashes,
  type HashName,
  type HashVerdict,
} from './file-hashes.ts';
import { createHashThread, type HashThread } from './hash-thread.ts';
import { DEFAULT_IDLE_MS, HttpSource } from './http-source.ts';
import { usesProxy } from './network-options.ts';
import { openEgressAgent } from './open-egress-agent.ts';
import type { PartAccess } from './part-access.ts';
import { openPartFile } from './part-file.ts';
import { PartState, type PartStateOptions } from './part-state.ts';
import type { PartStore } from './part-store.ts';
import { ProgressMeter } from './progress-meter.ts';
import { recordsOf } from './proven-part.ts';
import { removeFile } from './remove-file.ts';
import { RetryBudget } from './retry-budget.ts';
import { defaultRetryLimits } from './retry-policy.ts';
import { setAside } from './set-aside.ts';
import { type StoredFile, sharedDisk } from './small/small-disk.ts';
import { SmallPart } from './small/small-part.ts';
import type { StagedFileFacts } from './staged-file.ts';
import { type SteeringLimits, steeringLimits } from './steering/modes.ts';
import { createSteering, type Steering } from './steering/steering.ts';
import type { TransferDeps, TransferRequest } from './transfer-request.ts';
import { TransferRun } from './transfer-run.ts';
import { Wire } from './wire/wire.ts';

/** Everything of one download that outlives a single pass over the file. */
interface Context {
  readonly request: TransferRequest;
  readonly deps: TransferDeps;
  readonly partPath: string;
  readonly expected: ExpectedHashes;
  readonly access: PartAccess;
  readonly source: HttpSource;
  readonly hashThread: () => HashThread;
  readonly steering: Steering;
  readonly meter: ProgressMeter;
  readonly signal: AbortSignal;
}

interface Measured {
  readonly hashes: FileHashes;
  readonly sizeBytes: number;
  readonly resumedFrom: number;
  readonly networkBytes: number;
  readonly retries: number;
  readonly serverFileName: string | undefined;
  readonly hasProof: boolean;
  readonly stored: StoredFile | undefined;
}

export interface ObtainedPart {
  readonly facts: StagedFileFacts;
  /** Journal and log stand beside the part. */
  readonly hasProof: boolean;
  /** Where it is, if it never was a part on the disk. */
  readonly stored: StoredFile | undefined;
}

export interface PartPlace {
  readonly access: PartAccess;
  /** Gather it in memory, as long as nothing says that it is too long. */
  readonly isSmall: boolean;
}

/** `request.expected.hashes` are normalized. */
export async function obtainVerified(
  request: TransferRequest,
  deps: TransferDeps,
  { access, isSmall }: PartPlace,
): Promise<ObtainedPart> {
  const startedAt = deps.clock.monotonic();
  await using owned = new AsyncDisposableStack();
  const connections = limitsOf(request).most;
  let { hashThread } = deps;
  const context: Context = {
    request,
    deps,
    partPath: `${request.target}.part`,
    expected: request.expected?.hashes ?? {},
    source: new HttpSource({
      source: request.source,
      carrier: deps.dispatcher ?? (await carrierFor(deps, connections, owned)),
      egress: deps.egress,
      headersTimeoutMs: request.idleTimeoutMs ?? DEFAULT_IDLE_MS,
      hostPauses: deps.hostPauses,
    }),
    access,
    hashThread: () => (hashThread ??= owned.use(createHashThread())),
    steering: deps.steering ?? owned.use(createSteering(deps.clock)),
    meter: new ProgressMeter(deps.clock, request.onProgress),
    signal: request.signal ?? new AbortController().signal,
  };
  const { measured, verdict, refetched } = await measureUntilRight(context, isSmall);
  context.meter.enter('verified');
  const facts: StagedFileFacts = {
    path: context.partPath,
    target: request.target,
    hashes: measured.hashes,
    sizeBytes: bytes(measured.sizeBytes),
    resumedFrom: measured.resumedFrom,
    networkBytes: measured.networkBytes,
    retries: measured.retries,
    verifiedBy: verdict.decidedBy,
    refetched,
    serverFileName: measured.serverFileName,
    seconds: (deps.clock.monotonic() - startedAt) / SECOND,
  };
  return { facts, hasProof: measured.hasProof, stored: measured.stored };
}

/** Connections of our own; behind a proxy an agent that knows proxies. */
async function carrierFor(
  deps: TransferDeps,
  connections: number,
  owned: AsyncDisposableStack,
): Promise<Wire | Dispatcher> {
  const { egress, network } = deps;
  if (!usesProxy(network ?? {})) return deps.wire ?? owned.use(new Wire({ egress, network }));
  return owned.adopt(await openEgressAgent({ connections, egress, network }), (agent) => agent.destroy());
}

interface Judged {
  readonly measured: Measured;
  readonly verdict: HashVerdict;
  readonly refetched: boolean;
}

async function measureUntilRight(context: Context, isSmall: boolean): Promise<Judged> {
  const first = await pass(context, { isSmall });
  const verdict = compareHashes(first.hashes, context.expected);
  if (verdict.agrees) return { measured: first, verdict, refetched: false };

  const mended = first.stored ? await removeFile(first.stored.path) : await mendDisk(context, first);
  if (mended && compareHashes(mended.hashes, context.expected).agrees) {
    return { measured: mended, verdict: compareHashes(mended.hashes, context.expected), refetched: true };
  }

  const before = mended ?? first;
  context.source.forgetAddress();
  const second = after(before, await pass(context, { compareWith: await recordsOf(context.partPath) }));
  const again = compareHashes(second.hashes, context.expected);
  if (again.agrees) return { measured: second, verdict: again, refetched: true };
  const bad = await setAside(context.partPath);
  throw mismatch(again, bad, before.hashes.SHA256 === second.hashes.SHA256);
}

/** What the disk no longer holds as it was received is fetched once more, and nothing else. */
async function mendDisk(context: Context, first: Measured): Promise<Measured | undefined> {
  const { partPath, signal } = context;
  const { damaged } = await checkBlocks(partPath, await recordsOf(partPath), signal);
  return damaged.length === 0 ? undefined : after(first, await pass(context, { damaged }));
}

function after(first: Measured, second: Measured): Measured {
  return {
    ...second,
    networkBytes: first.networkBytes + second.networkBytes,
    retries: first.retries + second.retries,
  };
}

interface PassOptions extends Pick<PartStateOptions, 'damaged' | 'compareWith'> {
  readonly isSmall?: boolean;
}

/** One pass: what is missing, or – to compare with what has just proved wrong – everything once more in one stream. */
async function pass(context: Context, { isSmall = false, ...options }: PassOptions = {}): Promise<Measured> {
  const { request, deps, meter, signal } = context;
  await using opened = new AsyncDisposableStack();
  const small = isSmall ? opened.use(smallPart(context)) : undefined;
  const run = new TransferRun({
    request,
    deps,
    source: context.source,
    state: small ?? opened.use(await openState(context, options)),
    openPart: async () => opened.use(await openAfresh(context)),
    budget: new RetryBudget({ ...defaultRetryLimits, ...request.retry }, deps),
    meter,
    idleTimeoutMs: request.idleTimeoutMs ?? DEFAULT_IDLE_MS,
    limits: limitsOf(request),
    steering: context.steering,
  });
  run.isPlain = options.compareWith !== undefined;
  meter.reset(run.state.presentBytes, run.state.entity?.totalBytes);
  await fetchKeeping(run, signal);
  meter.enter('verifying');
  const { state } = run;
  return {
    hashes: await state.measure({ signal }),
    sizeBytes: state.entity?.totalBytes ?? 0,
    resumedFrom: state.resumedBytes,
    networkBytes: run.networkBytes,
    retries: run.budget.retries,
    serverFileName: run.serverFileName,
    hasProof: state.hasProof,
    stored: state === small ? small.handOver() : undefined,
  };
}

function smallPart({ request, deps }: Context): SmallPart {
  return new SmallPart({
    target: request.target,
    hashNames: hashNamesOf(request),
    disk: deps.smallDisk ?? sharedDisk(),
  });
}

async function openState(
  context: Context,
  options: Pick<PartStateOptions, 'damaged' | 'compareWith'> = {},
): Promise<PartState> {
  const { request, deps, access, source, signal } = context;
  await access.lock();
  return PartState.open({
    partPath: context.partPath,
    origin: () => source.origin,
    expected: context.expected,
    hashNames: hashNamesOf(request),
    hashThread: context.hashThread,
    openPart: deps.openPart ?? openPartFile,
    clock: deps.clock,
    signal,
    ...options,
  });
}

/** For a file that turned out to be no small one. What somebody else has left meanwhile does not belong to this answer. */
async function openAfresh(context: Context): Promise<PartStore> {
  const state = await openState(context);
  try {
    if (state.entity) await state.restart();
    return state;
  } catch (error) {
    await state[Symbol.asyncDispose]();
    throw error;
  }
}

async function fetchKeeping(run: TransferRun, signal: AbortSignal): Promise<void> {
  try {
    await fetchAll(run, signal);
  } catch (error) {
    // On a full disk this fails as well; then the last checkpoint is what is kept.
    await run.state.flush().catch(() => undefined);
    throw error;
  }
}

function mismatch(verdict: HashVerdict, path: string, twoAgreed: boolean): KuraError {
  const params = {
    algorithm: verdict.decidedBy,
    expected: verdict.expected,
    actual: verdict.actual,
    path,
    twoAgreed,
  };
  return new KuraError('mismatch', 'transfer.hash-mismatch', { params });
}

function hashNamesOf(request: TransferRequest): readonly HashName[] {
  const expected = Object.keys(request.expected?.hashes ?? {});
  return allHashNames.filter((name) => (request.hashes ?? allHashNames).includes(name) || expected.includes(name));
}

function limitsOf({ mode, connections }: TransferRequest): SteeringLimits {
  return steeringLimits(mode, connections);
}
