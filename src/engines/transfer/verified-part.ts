/** Fetches into the part, measures it and judges it; wrong bytes are set aside and the file is fetched once more. */
import { rename, stat } from 'node:fs/promises';
import type { Dispatcher } from 'undici';
import { bytes } from '#kernel/brands';
import { KuraError, systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import { checkBlocks } from './blocks/check-blocks.ts';
import { freeBytesOf } from './disk-space.ts';
import { createEgressAgent } from './egress-agent.ts';
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
import { openPartFile } from './part-file.ts';
import { PartState, type PartStateOptions, removeProof } from './part-state.ts';
import { ProgressMeter } from './progress-meter.ts';
import { recordsOf } from './proven-part.ts';
import { RetryBudget } from './retry-budget.ts';
import { defaultRetryLimits } from './retry-policy.ts';
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
  readonly source: HttpSource;
  readonly hashThread: HashThread;
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
}

export interface ObtainedPart {
  readonly facts: StagedFileFacts;
  /** Journal and log stand beside the part. */
  readonly hasProof: boolean;
}

/** The caller holds the lock on the part. `request.expected.hashes` are normalized. */
export async function obtainVerified(request: TransferRequest, deps: TransferDeps): Promise<ObtainedPart> {
  const startedAt = deps.clock.monotonic();
  await using owned = new AsyncDisposableStack();
  const connections = limitsOf(request).most;
  const context: Context = {
    request,
    deps,
    partPath: `${request.target}.part`,
    expected: request.expected?.hashes ?? {},
    source: new HttpSource({
      source: request.source,
      carrier: deps.dispatcher ?? carrierFor(deps, connections, owned),
      egress: deps.egress,
      headersTimeoutMs: request.idleTimeoutMs ?? DEFAULT_IDLE_MS,
      hostPauses: deps.hostPauses,
    }),
    hashThread: deps.hashThread ?? owned.use(createHashThread()),
    steering: deps.steering ?? owned.use(createSteering(deps.clock)),
    meter: new ProgressMeter(deps.clock, request.onProgress),
    signal: request.signal ?? new AbortController().signal,
  };
  const { measured, verdict, refetched } = await measureUntilRight(context);
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
  return { facts, hasProof: measured.hasProof };
}

/** Connections of our own; behind a proxy an agent that knows proxies. */
function carrierFor(deps: TransferDeps, connections: number, owned: AsyncDisposableStack): Wire | Dispatcher {
  const { egress, network } = deps;
  if (!usesProxy(network ?? {})) return deps.wire ?? owned.use(new Wire({ egress, network }));
  return owned.adopt(createEgressAgent({ connections, egress, network }), (agent) => agent.destroy());
}

interface Judged {
  readonly measured: Measured;
  readonly verdict: HashVerdict;
  readonly refetched: boolean;
}

async function measureUntilRight(context: Context): Promise<Judged> {
  const first = await pass(context);
  const verdict = compareHashes(first.hashes, context.expected);
  if (verdict.agrees) return { measured: first, verdict, refetched: false };

  const mended = await mendDisk(context, first);
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

/** One pass: what is missing, or – to compare with what has just proved wrong – everything once more in one stream. */
async function pass(
  context: Context,
  { damaged, compareWith }: Pick<PartStateOptions, 'damaged' | 'compareWith'> = {},
): Promise<Measured> {
  const { request, deps, meter, signal } = context;
  await using state = await PartState.open({
    partPath: context.partPath,
    origin: () => context.source.origin,
    expected: context.expected,
    hashNames: hashNamesOf(request),
    hashThread: context.hashThread,
    openPart: deps.openPart ?? openPartFile,
    clock: deps.clock,
    signal,
    damaged,
    compareWith,
  });
  const run = new TransferRun({
    request,
    deps: { ...deps, freeBytes: deps.freeBytes ?? freeBytesOf },
    source: context.source,
    state,
    budget: new RetryBudget({ ...defaultRetryLimits, ...request.retry }, deps),
    meter,
    idleTimeoutMs: request.idleTimeoutMs ?? DEFAULT_IDLE_MS,
    limits: limitsOf(request),
    steering: context.steering,
  });
  run.isPlain = compareWith !== undefined;
  meter.reset(state.presentBytes, state.entity?.totalBytes);
  await fetchKeeping(run, signal);
  meter.enter('verifying');
  return {
    hashes: await state.measure({ signal }),
    sizeBytes: state.entity?.totalBytes ?? 0,
    resumedFrom: state.resumedBytes,
    networkBytes: run.networkBytes,
    retries: run.budget.retries,
    serverFileName: run.serverFileName,
    hasProof: state.hasProof,
  };
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

/** Bytes that are not what was published go to `.part.bad`, for the caller to quarantine. */
async function setAside(partPath: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const bad = count === 1 ? `${partPath}.bad` : `${partPath}.bad-${count}`;
    if (await exists(bad)) continue;
    await rename(partPath, bad);
    await removeProof(partPath);
    return bad;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
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
