/** Puts the engine to one fault of the table, in a folder of its own, and then again without the fault. */
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { downloadFile, type TransferRequest } from '#engines/transfer';
import { systemClock, systemRandom } from '#kernel/clock';
import { type Behave, type FaultProxy, type SeededContent, startFaultProxy } from '#stand-ins/fault-proxy';

import { attempt, downloadUnjudged, type Outcome } from './attempt.ts';
import { type FaultRow, olderVersion } from './fault-rows.ts';

export interface Trial {
  /** Empty; for a full disk one on a volume that holds 60 % of the file. */
  readonly folder: string;
  readonly content: SeededContent;
  /** Whether a hash is published. */
  readonly published: boolean;
}

export interface TrialResult {
  readonly outcome: Outcome;
  readonly apiHits: number;
  readonly asks: number;
  readonly seconds: number;
}

const credential = 'Bearer of-this-host-only';
const others = 'a file of somebody else';

export async function putToFault(row: FaultRow, trial: Trial): Promise<TrialResult> {
  const { content, folder, published } = trial;
  const target = join(folder, 'model.bin');
  let behave: Behave =
    row.partOf === undefined ? well : slowly(row.partOf === 'older' ? olderVersion(content) : content);
  await using storage = await startFaultProxy({ content, host: '127.0.0.2' });
  await using proxy = await startFaultProxy({
    content,
    behave: (ask) => behave(ask),
    ...(row.elsewhere === true && { storageOrigin: storage.origin }),
  });
  const request: TransferRequest = {
    source: {
      url: `${proxy.origin}${row.signed === true ? '/api/download/1' : '/file/1'}`,
      headers: { authorization: credential },
    },
    target,
    connections: 4,
    expected: published ? { sizeBytes: content.size, hashes: { SHA256: content.sha256 } } : {},
    reserveBytes: 0,
  };
  if (row.partOf !== undefined) await fetchFirstStretch(request);
  behave = row.behave?.(content) ?? well;
  const before = proxy.asks.length;
  const started = performance.now();
  const isBlind = !published && row.unpublished === 'undecidable';
  const outcome = await (isBlind ? downloadUnjudged : attempt)({
    request: row.disk === 'replaced' ? { ...request, onProgress: placingAnother(target) } : request,
    deps: row.disk === 'full' ? { freeBytes: async () => content.size } : {},
    right: [content.sha256],
    others: row.disk === 'replaced' ? others : undefined,
  });
  const seconds = (performance.now() - started) / 1000;
  assertNothingLeaked(storage);
  const result = { outcome, apiHits: proxy.count('api'), asks: proxy.asks.length - before, seconds };
  behave = well;
  if (outcome.end === 'loud') await endsRightWithoutFault(row, request, content);
  return result;
}

async function endsRightWithoutFault(row: FaultRow, request: TransferRequest, content: SeededContent): Promise<void> {
  // There a person has to make room.
  if (row.disk === 'full') return;
  if (row.disk === 'replaced') {
    assert.equal(await readFile(request.target, 'utf8'), others, 'what somebody else put there is left alone');
    await rm(request.target);
  }
  const again = await attempt({ request, right: [content.sha256] });
  assert.equal(again.end, 'right', `without the fault: ${JSON.stringify(again)}`);
}

function well(): ReturnType<Behave> {
  return {};
}

function slowly(content: SeededContent): Behave {
  return () => ({ content, bytesPerSecond: content.size });
}

/** About a third of the file, as an interrupted run leaves it. */
async function fetchFirstStretch(request: TransferRequest): Promise<void> {
  const stop = new AbortController();
  const interrupted = downloadFile(
    {
      ...request,
      expected: {},
      hashes: [],
      connections: 1,
      signal: stop.signal,
      onProgress: ({ receivedBytes, totalBytes }) => {
        if (totalBytes !== undefined && receivedBytes > totalBytes / 3) stop.abort();
      },
    },
    { clock: systemClock, random: systemRandom },
  );
  await assert.rejects(interrupted, { code: 'transfer.interrupted' });
}

function placingAnother(target: string): NonNullable<TransferRequest['onProgress']> {
  let isPlaced = false;
  return ({ receivedBytes }) => {
    if (isPlaced || receivedBytes === 0) return;
    isPlaced = true;
    void writeFile(target, others);
  };
}

/** Credentials are for the host they were given for, whatever it answers. */
function assertNothingLeaked(storage: FaultProxy): void {
  const leaked = storage.asks.filter(({ headers }) => Object.values(headers).includes(credential));
  assert.deepEqual(leaked, [], 'a credential went to another host');
}
