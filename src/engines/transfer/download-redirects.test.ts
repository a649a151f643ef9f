import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { createDownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';
import { type Behave, startFaultServer } from './testing/fault-server.ts';

const file = randomFile(20 * MIB);
const small = randomFile(50_000);

function refusing(pattern: RegExp): (address: string) => void {
  return (address) => {
    if (pattern.test(address)) throw new KuraError('refused', 'test.refused');
  };
}

describe('downloadFile, on its way to the storage,', () => {
  it('asks the first address once per file, however many connections it uses', async () => {
    await using storage = await startFaultServer(file);
    await using site = await startFaultServer(file, () => redirectTo(`${storage.origin}/signed?X-Amz-Signature=1`));
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${site.origin}/api/download/models/1`, { connections: 8 });
    assert.equal(staged.hashes.SHA256, sha256Of(file));
    assert.equal(site.requests.length, 1);
    assert.ok(storage.requests.length > 1);
  });

  it('leaves credentials at home when the host changes, and takes them along when it does not', async () => {
    await using storage = await startFaultServer(small, (request) =>
      (request.headers['authorization'] ?? request.headers['x-api-key'] ?? request.headers['cookie'])
        ? { status: 400, text: 'Only one auth mechanism allowed' }
        : {},
    );
    await using site = await startFaultServer(small, (request) => {
      if (request.headers['authorization'] !== 'Bearer key') return { status: 401 };
      return redirectTo(request.path === '/a' ? '/b' : `${storage.origin}/signed`);
    });
    await using kit = await createDownloadKit();
    const headers = { Authorization: 'Bearer key', 'X-Api-Key': 'key', Cookie: 'a=b', 'User-Agent': 'Test' };
    await using staged = await kit.download({ url: `${site.origin}/a`, headers });
    assert.equal(staged.hashes.SHA256, sha256Of(small));
    assert.equal(storage.requests[0]?.headers['user-agent'], 'Test');
  });

  it('gets a new address when the signed one has expired, once for all connections, and goes on', async () => {
    let valid = 1;
    await using storage = await startFaultServer(file, (request, hit) => {
      if (hit === 2) valid = 2;
      if (Number(request.query.get('sig')) !== valid) return { status: 403, text: '<Error><Message>Expired</Message>' };
      return { bytesPerSecond: 40 * MIB };
    });
    const attempts: number[] = [];
    await using kit = await createDownloadKit();
    await using staged = await kit.download(
      async (attempt) => {
        attempts.push(attempt);
        return { url: `${storage.origin}/signed?sig=${valid}` };
      },
      { connections: 4 },
    );
    assert.equal(staged.hashes.SHA256, sha256Of(file));
    assert.deepEqual(attempts, [1, 2]);
    assert.ok(storage.sentBytes < 1.2 * file.length, `${storage.sentBytes} bytes sent`);
  });

  it('believes a refusal that a new address does not change', async () => {
    await using storage = await startFaultServer(file, () => ({ status: 403, text: 'no' }));
    await using kit = await createDownloadKit();
    const download = kit.download(async () => ({ url: `${storage.origin}/signed` }));
    await assert.rejects(download, { code: 'transfer.access-denied' });
    assert.equal(storage.requests.length, 3);
  });

  it('asks again after a 404 that must not be stored, which passes', async () => {
    const headers = { 'cache-control': 'private, no-store' };
    await using server = await startFaultServer(small, (_, hit) => (hit === 1 ? { status: 404, headers } : {}));
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin}/file`);
    assert.equal(staged.hashes.SHA256, sha256Of(small));
  });

  const dead: readonly (readonly [what: string, location: string, code: string])[] = [
    ['a login page', '/login?returnUrl=x&reason=download-auth', 'transfer.login-required'],
    ['a circle', '/file', 'transfer.too-many-redirects'],
    ['a local file', 'file:///etc/passwd', 'transfer.bad-address'],
    ['another protocol', 'ftp://127.0.0.1/x', 'transfer.bad-address'],
  ];
  for (const [what, location, code] of dead) {
    it(`does not follow to ${what}`, async () => {
      await using server = await startFaultServer(small, () => redirectTo(location));
      await using kit = await createDownloadKit();
      await assert.rejects(kit.download(`${server.origin}/file`), { code });
    });
  }

  it('shows every address to the egress policy before sending anything', async () => {
    const seen: string[] = [];
    await using storage = await startFaultServer(small);
    await using site = await startFaultServer(small, () => redirectTo(`${storage.origin}/signed`));
    await using kit = await createDownloadKit();
    const egress = {
      checkUrl(url: URL) {
        seen.push(url.href);
        if (url.pathname === '/signed') throw new KuraError('refused', 'test.refused');
      },
    };
    await assert.rejects(kit.download(`${site.origin}/file`, {}, { egress }), { code: 'test.refused' });
    assert.deepEqual(seen, [`${site.origin}/file`, `${storage.origin}/signed`]);
    assert.equal(storage.requests.length, 0);
  });

  it('shows the policy the address behind a host name, written out or looked up', async () => {
    await using server = await startFaultServer(small);
    await using kit = await createDownloadKit();
    const egress = { checkUrl: () => undefined, checkAddress: refusing(/^(?:127\.|::1$)/) };
    const byName = server.origin.replace('127.0.0.1', 'localhost');
    for (const origin of [server.origin, byName]) {
      await assert.rejects(kit.download(`${origin}/file`, {}, { egress }), { code: 'test.refused' });
    }
    assert.equal(server.requests.length, 0);
    await using staged = await kit.download(
      `${byName}/file`,
      {},
      { egress: { ...egress, checkAddress: () => undefined } },
    );
    assert.equal(staged.sizeBytes, small.length);
  });

  it('sends a user name in the address as a header', async () => {
    await using server = await startFaultServer(small, (request) =>
      request.headers['authorization'] === `Basic ${Buffer.from('me:p@ss').toString('base64')}` ? {} : { status: 401 },
    );
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin.replace('//', '//me:p%40ss@')}/file`);
    assert.equal(staged.sizeBytes, small.length);
  });
});

function redirectTo(location: string): ReturnType<Behave> {
  return { status: 307, headers: { location, 'cache-control': 'no-store' } };
}
