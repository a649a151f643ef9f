import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';

import { type CivitaiSimulator, type KnownFile, startCivitaiSimulator } from '../index.ts';

let simulator: CivitaiSimulator;
let file: KnownFile;
let truth: Buffer;

before(async () => {
  simulator = await startCivitaiSimulator();
  file = simulator.catalogue.known.repairable;
  truth = Buffer.from(simulator.bytesOf(file.fileId));
});
after(() => simulator[Symbol.asyncDispose]());
beforeEach(() => {
  simulator.faults.clear();
  simulator.clearRequests();
});

describe('faults on the bytes', () => {
  it('flips one byte, once, in the request that covers it', async () => {
    simulator.faults.set({ fileId: file.fileId, flipByteAt: 1_000_000, times: 1 });
    const link = await signedLink();
    const probe = await load(link, { range: 'bytes=0-0' });
    assert.deepEqual(probe.body, truth.subarray(0, 1));
    const { body } = await load(link);
    assert.equal(body.byteLength, truth.byteLength);
    assert.deepEqual(differences(body), [1_000_000]);
    assert.deepEqual(differences((await load(link)).body), []);
  });

  it('breaks the connection after so many bytes', async () => {
    simulator.faults.set({ cutAfterBytes: 50_000, times: 1 });
    const link = await signedLink();
    const broken = await load(link);
    assert.equal(broken.complete, false);
    assert.deepEqual(broken.body, truth.subarray(0, 50_000));
    const rest = await load(link, { range: 'bytes=50000-' });
    assert.equal(rest.status, 206);
    assert.deepEqual(Buffer.concat([broken.body, rest.body]), truth);
  });

  it('hangs up before any answer, on any route', async () => {
    simulator.faults.set({ route: 'download', cutAfterBytes: 0, times: 1 }, { route: 'enums', cutAfterBytes: 0 });
    await assert.rejects(signedLink());
    await assert.rejects(fetch(`${simulator.apiUrl}/enums`));
    assert.match(await signedLink(), /X-Amz-Signature/);
  });

  it('stalls with the connection open until the client gives up', async () => {
    simulator.faults.set({ stallAfterBytes: 10_000 });
    const response = await fetch(await signedLink());
    const reader = response.body?.getReader();
    assert.ok(reader !== undefined);
    let received = 0;
    while (received < 10_000) received += (await reader.read()).value?.byteLength ?? 0;
    const next = reader.read().then(
      () => 'more',
      () => 'gone',
    );
    const silence = new Promise((resolve) => setTimeout(resolve, 150, 'silence'));
    assert.equal(await Promise.race([next, silence]), 'silence');
    assert.equal(simulator.requests.at(-1)?.finished, false);
    await reader.cancel();
  });

  it('throttles each response', async () => {
    simulator.faults.set({ bytesPerSecond: 200_000 });
    const began = performance.now();
    await load(await signedLink(), { range: 'bytes=0-59999' });
    assert.ok(performance.now() - began >= 250, 'took at least what the rate demands');
  });

  it('announces another length than it sends', async () => {
    simulator.faults.set({ contentLengthOffset: 5 });
    const link = await signedLink();
    const long = await load(link);
    assert.equal(long.headers['content-length'], String(truth.byteLength + 5));
    assert.equal(long.complete, false);
    assert.deepEqual(long.body, truth);
  });

  it('ignores ranges', async () => {
    simulator.faults.set({ ignoreRange: true });
    const answer = await load(await signedLink(), { range: 'bytes=100-199' });
    assert.equal(answer.status, 200);
    assert.equal(answer.body.byteLength, truth.byteLength);
  });

  it('sends without Content-Length, and under another Content-Type', async () => {
    simulator.faults.set({ chunked: true, contentType: 'text/html' });
    const answer = await load(await signedLink());
    assert.equal(answer.headers['content-length'], undefined);
    assert.equal(answer.headers['content-type'], 'text/html');
    assert.deepEqual(answer.body, truth);
  });

  it('changes the validator in the middle, with the same or other bytes', async () => {
    const link = await signedLink();
    const first = await load(link, { range: 'bytes=0-99' });
    simulator.faults.set({ changeEtag: 'same-content' });
    const moved = await load(link, { range: 'bytes=100-199', 'if-range': String(first.headers.etag) });
    assert.equal(moved.status, 200);
    assert.deepEqual(moved.body, truth);
    simulator.faults.set({ changeEtag: 'new-content' });
    const replaced = await load(link);
    assert.notEqual(replaced.headers.etag, first.headers.etag);
    assert.equal(replaced.body.byteLength, truth.byteLength);
    assert.ok(differences(replaced.body).length > 0);
  });

  it('turns away more than so many responses at a time', async () => {
    simulator.faults.set({ maxConnections: 1 }, { bytesPerSecond: 2_000_000, fileId: file.fileId });
    const link = await signedLink();
    const answers = await Promise.all([load(link), load(link), load(link)]);
    assert.deepEqual(
      answers.map(({ status }) => status).sort((a, b) => a - b),
      [200, 503, 503],
    );
  });
});

describe('faults on the links', () => {
  it('expires links at once, and the next one holds', async () => {
    simulator.faults.set({ linkLifetimeSeconds: 0, times: 1 });
    const expired = await load(await signedLink());
    assert.equal(expired.status, 403);
    assert.match(expired.body.toString(), /^<\?xml.*<Code>ExpiredRequest<\/Code>/);
    assert.equal((await load(await signedLink())).status, 200);
  });

  it('expires a good link in the middle of a download', async () => {
    simulator.faults.set({ expireLink: true, skip: 1, times: 1 });
    const link = await signedLink();
    const statuses: number[] = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await load(link, { range: 'bytes=0-9' })).status);
    assert.deepEqual(statuses, [206, 403, 206]);
  });

  it('expires links after so many seconds of the clock', async () => {
    let now = Date.UTC(2026, 10, 22, 12);
    const clock = { now: () => now, monotonic: () => now };
    await using other = await startCivitaiSimulator({ clock, linkLifetimeSeconds: 60 });
    const { versionId } = other.catalogue.known.lora;
    const answer = await fetch(`${other.url}/api/download/models/${versionId}`, { redirect: 'manual' });
    const link = answer.headers.get('location') ?? '';
    now += 59_000;
    assert.equal((await load(link)).status, 200);
    now += 2000;
    assert.equal((await load(link)).status, 403);
  });

  it('redirects to another host', async () => {
    simulator.faults.set({ redirectTo: 'http://127.0.0.1:9/elsewhere' });
    assert.equal(await signedLink(), 'http://127.0.0.1:9/elsewhere');
  });
});

describe('faults on the answers', () => {
  it('sends 429 with and without Retry-After', async () => {
    simulator.faults.set(
      { route: 'models', status: 429, retryAfter: 7, times: 1 },
      { route: 'download', status: 429, times: 1 },
    );
    const list = await fetch(`${simulator.apiUrl}/models?limit=1`);
    assert.deepEqual([list.status, list.headers.get('retry-after')], [429, '7']);
    const download = await fetch(`${simulator.url}/api/download/models/${file.versionId}`, { redirect: 'manual' });
    assert.deepEqual([download.status, download.headers.get('retry-after')], [429, null]);
    assert.match(await download.text(), /unusual amount of downloading/);
  });

  it('bursts 503 for the next N requests and then recovers', async () => {
    simulator.faults.set({ status: 503, times: 2 });
    const statuses: number[] = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await fetch(`${simulator.apiUrl}/models?limit=1`)).status);
    assert.deepEqual(statuses, [503, 503, 200]);
  });

  it('answers any status with the body the site has for it', async () => {
    for (const [status, shape] of [
      [401, /Unauthorized.*logged in/],
      [403, /do not have access/],
      [410, /archived/],
      [451, /REGION_BLOCKED/],
      [500, /URI malformed/],
    ] as const) {
      simulator.faults.set({ route: 'download', versionId: file.versionId, status });
      const answer = await fetch(`${simulator.url}/api/download/models/${file.versionId}`, { redirect: 'manual' });
      assert.equal(answer.status, status);
      assert.match(await answer.text(), shape);
    }
  });

  it('speaks XML on storage', async () => {
    const link = await signedLink();
    simulator.faults.set({ route: 'storage', status: 503 });
    assert.match((await load(link)).body.toString(), /^<\?xml.*SlowDown/);
  });

  it('sends an HTML page with status 200 in place of the file', async () => {
    const link = await signedLink();
    simulator.faults.set({ route: 'storage', html: true });
    const answer = await load(link);
    assert.equal(answer.status, 200);
    assert.match(answer.body.toString(), /^<!DOCTYPE html>/);
  });

  it('waits before it answers', async () => {
    simulator.faults.set({ route: 'enums', latencyMs: 120 });
    const began = performance.now();
    await fetch(`${simulator.apiUrl}/enums`);
    assert.ok(performance.now() - began >= 115);
  });

  it('hides hashes, publishes wrong ones and unknown words for one file', async () => {
    simulator.faults.set({ fileId: file.fileId, hideHashes: true, times: 1 });
    const hidden = await shownFile();
    assert.deepEqual(hidden.hashes, {});
    simulator.faults.set({ fileId: file.fileId, wrongHash: true });
    const wrong = await shownFile();
    const { SHA256 } = await simulator.hashesOf(file.fileId);
    assert.match(String(wrong.hashes.SHA256), /^[0-9A-F]{64}$/);
    assert.notEqual(wrong.hashes.SHA256, SHA256);
    simulator.faults.set({ fileId: file.fileId, unknownEnums: true });
    assert.equal((await shownFile()).type, 'Quantum Lattice');
  });

  it('repeats the last item of a page at the start of the next', async () => {
    simulator.faults.set({ repeatLastItem: true });
    const first = await page('');
    const second = await page(`&cursor=${encodeURIComponent(first.metadata.nextCursor ?? '')}`);
    assert.equal(second.items[0]?.id, first.items.at(-1)?.id);
  });
});

describe('control over HTTP', () => {
  function control(): string {
    return `${simulator.url}/__control/faults`;
  }

  it('adds, shows and clears faults, and counts what they hit', async () => {
    const fault = { route: 'enums', status: 500 };
    const set = await fetch(control(), { method: 'POST', body: JSON.stringify(fault) });
    assert.equal(set.status, 200);
    assert.equal((await fetch(`${simulator.apiUrl}/enums`)).status, 500);
    assert.deepEqual(await (await fetch(control())).json(), [{ fault, hits: 1 }]);
    assert.equal((await fetch(control(), { method: 'DELETE' })).status, 204);
    assert.equal((await fetch(`${simulator.apiUrl}/enums`)).status, 200);
  });

  it('refuses what is not a fault', async () => {
    const answer = await fetch(control(), { method: 'POST', body: JSON.stringify({ cutAfter: 5 }) });
    assert.equal(answer.status, 400);
    assert.deepEqual(simulator.faults.list(), []);
  });

  it('shows the requests with their headers, its own left out', async () => {
    await fetch(`${simulator.apiUrl}/enums`, { headers: { 'user-agent': 'kura-test/1' } });
    const log: { path: string; headers: Record<string, string> }[] = JSON.parse(
      await (await fetch(`${simulator.url}/__control/requests`)).text(),
    );
    assert.deepEqual(
      log.map(({ path, headers }) => [path, headers['user-agent']]),
      [['/api/v1/enums', 'kura-test/1']],
    );
  });
});

async function signedLink(): Promise<string> {
  const url = `${simulator.url}/api/download/models/${file.versionId}?fileId=${file.fileId}`;
  return (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
}

interface Loaded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** False when the connection broke before the announced end. */
  readonly complete: boolean;
}

/** Plain node:http, because fetch throws away what arrived before a break. */
function load(url: string, headers: Record<string, string> = {}): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', () => undefined);
      response.on('close', () => {
        const { statusCode = 0, complete } = response;
        resolve({ status: statusCode, headers: response.headers, body: Buffer.concat(pieces), complete });
      });
    });
    request.on('error', reject);
    request.end();
  });
}

function differences(bytes: Buffer): number[] {
  const found: number[] = [];
  for (let at = 0; at < bytes.byteLength; at += 1) if (bytes[at] !== truth[at]) found.push(at);
  return found;
}

async function shownFile(): Promise<{ id: number; type: string; hashes: Record<string, string> }> {
  const answer = await fetch(`${simulator.apiUrl}/model-versions/${file.versionId}`);
  const version: { files: { id: number; type: string; hashes: Record<string, string> }[] } = JSON.parse(
    await answer.text(),
  );
  const shown = version.files.find(({ id }) => id === file.fileId);
  assert.ok(shown !== undefined);
  return shown;
}

async function page(more: string): Promise<{ items: { id: number }[]; metadata: { nextCursor?: string } }> {
  return JSON.parse(await (await fetch(`${simulator.apiUrl}/models?limit=5${more}`)).text());
}
