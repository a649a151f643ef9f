/** One run of the engine, judged: the right file, or a clear error with what can be gone on with – nothing else passes. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { downloadFile, type TransferDeps, type TransferRequest } from '#engines/transfer';
import { systemClock, systemRandom } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

export interface Attempt {
  readonly request: TransferRequest;
  readonly deps?: Partial<TransferDeps>;
  /** SHA-256 of every version of the file that may rightly end under the final name. */
  readonly right: readonly string[];
  /** Text of a file that somebody else has put under the final name meanwhile. */
  readonly others?: string | undefined;
  /** Names of files beside it that are none of the engine's. */
  readonly strangers?: readonly string[];
}

export type Outcome =
  | {
      readonly end: 'right';
      readonly resumedFrom: number;
      readonly networkBytes: number;
      readonly refetched: boolean;
      readonly measured: string;
    }
  | { readonly end: 'loud'; readonly code: string; readonly error: KuraError };

/** Waits between attempts short enough for tests, and more of them: a fault that strikes often is no reason to give up. */
const quick = { baseMs: 1, capMs: 10, attempts: 12 } as const;

/** What may stand beside the target of a download that has failed. */
const kept = /\.part(\.json|\.blocks|\.bad(-\d+)?)?$/;

/** Downloads and commits. @throws AssertionError when a wrong file got the name, or the failure is no clear one. */
export async function attempt(wanted: Attempt): Promise<Outcome> {
  const { target } = wanted.request;
  const outcome = await downloadUnjudged(wanted);
  if (outcome.end === 'loud') {
    assert.notEqual(outcome.code, 'kernel.unexpected', `no clear error: ${outcome.error.message}`);
    // The lock is why it failed, and belongs to another.
    if (outcome.code !== 'transfer.busy') await assertOnlyKept(wanted);
    return outcome;
  }
  const there = await sha256OfFile(target);
  assert.ok(
    wanted.right.includes(there),
    `SILENTLY WRONG: ${there} has the name, right is ${wanted.right.join(' or ')}`,
  );
  assert.equal(outcome.measured, there, 'what was measured is what is there');
  const left = (await besides(target, true)).filter((name) => wanted.strangers?.includes(name) !== true);
  assert.deepEqual(left, [], 'nothing is left beside the file');
  return outcome;
}

/** The same without a look at the bytes: where they are wrong and nothing tells. */
export async function downloadUnjudged({ request, deps }: Attempt): Promise<Outcome> {
  try {
    await using staged = await downloadFile(
      { hashes: [], retry: quick, idleTimeoutMs: 300, ...request },
      { clock: systemClock, random: systemRandom, ...deps },
    );
    await staged.commit();
    const { resumedFrom, networkBytes, refetched, hashes } = staged;
    return { end: 'right', resumedFrom, networkBytes, refetched, measured: hashes.SHA256 };
  } catch (error) {
    assert.ok(error instanceof KuraError, `not a KuraError: ${String(error)}`);
    return { end: 'loud', code: error.code, error };
  }
}

async function assertOnlyKept({ request: { target }, others, strangers = [] }: Attempt): Promise<void> {
  const names = (await besides(target, false)).filter((name) => !strangers.includes(name));
  if (others === undefined) assert.ok(!names.includes(basename(target)), 'a failed download has no final name');
  else assert.equal(await readFile(target, 'utf8'), others, 'what somebody else put there is left alone');
  const odd = names.filter((name) => name !== basename(target) && !kept.test(name));
  assert.deepEqual(odd, [], 'a failed download leaves its part and nothing else');
}

/** Names in the target's folder that begin with the target's; `.part.bad` files are evidence and may stay. */
async function besides(target: string, exceptEvidence: boolean): Promise<readonly string[]> {
  const name = basename(target);
  const all = await readdir(dirname(target)).catch(() => []);
  const own = all.filter((other) => other.startsWith(name)).sort();
  return exceptEvidence ? own.filter((other) => other !== name && !/\.part\.bad(-\d+)?$/.test(other)) : own;
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
