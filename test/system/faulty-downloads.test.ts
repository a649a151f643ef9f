import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { z } from 'zod';

import { MIB } from '#kernel/units';
import {
  createDice,
  type FaultName,
  type FaultProxyOptions,
  type FaultTiming,
  fault,
  seededContent,
  startFaultProxy,
} from '#stand-ins/fault-proxy';
import { houseAuthority, localhostCertificate, localhostKey } from '#stand-ins/tls-house';

import { sha256Of } from './harness/folder-tree.ts';
import { createHome, type KuraHome } from './harness/kura-home.ts';
import type { KuraResult } from './harness/kura-process.ts';

const content = seededContent('by the command line', 12 * MIB + 5);
const tls = { key: localhostKey, cert: localhostCertificate };
const lastEvent = z.object({ code: z.string().optional(), sha256: z.string().optional() });

interface Case {
  readonly fault: FaultName;
  readonly timing?: FaultTiming;
  /** Exit code, and the error's code where there is one. */
  readonly ends: readonly [exitCode: number, code?: string];
}

const cases: readonly Case[] = [
  { fault: 'cut', timing: { times: 2 }, ends: [0] },
  { fault: 'reset', timing: { times: 2 }, ends: [0] },
  { fault: 'flipped', timing: { times: 1 }, ends: [0] },
  { fault: 'flipped', ends: [5, 'transfer.hash-mismatch'] },
  { fault: 'html-page', ends: [1, 'transfer.not-the-file'] },
  { fault: 'gzip', ends: [0] },
  { fault: 'range-ignored', ends: [0] },
  { fault: 'from-start', ends: [0] },
  { fault: 'too-many-wait', timing: { times: 2 }, ends: [0] },
  { fault: 'gone', ends: [1, 'transfer.not-found'] },
  { fault: 'redirect-loop', ends: [1, 'transfer.too-many-redirects'] },
  { fault: 'redirect-to-file', ends: [4, 'transfer.bad-address'] },
];

describe('kura fetch under faults', { concurrency: 2 }, () => {
  let home: KuraHome;
  let count = 0;
  before(async () => {
    home = await createHome();
  });
  after(() => home[Symbol.asyncDispose]());

  async function fetchWith(
    options: Partial<FaultProxyOptions>,
    words: readonly string[] = [],
  ): Promise<{ result: KuraResult; target: string; code: string | undefined }> {
    await using proxy = await startFaultProxy({ content, ...options });
    count += 1;
    const target = home.beside(String(count), 'model.bin');
    const sha256 = ['--sha256', content.sha256];
    const result = await home.run(['fetch', `${proxy.origin}/file/1`, '--out', target, ...sha256, '--json', ...words]);
    const { code } = lastEvent.parse(JSON.parse(result.stdout.trim().split('\n').at(-1) ?? '{}'));
    return { result, target, code };
  }

  async function assertOnlyRight(target: string): Promise<void> {
    assert.deepEqual(
      (await readdir(dirname(target))).filter((name) => !name.includes('.part.bad')),
      ['model.bin'],
    );
    assert.equal((await sha256Of(target)).toLowerCase(), content.sha256);
  }

  for (const { fault: name, timing = {}, ends } of cases) {
    const often = timing.times === undefined ? 'always' : `${timing.times} times`;
    it(`${name}, ${often}: ends with ${ends.join(' ')}`, async () => {
      const behave = fault(name, { dice: createDice(`by the command line ${name}`), size: content.size }, timing);
      const { result, target, code } = await fetchWith({ behave });
      assert.deepEqual([result.code, code], [ends[0], ends[1]], result.stderr);
      if (ends[0] === 0) await assertOnlyRight(target);
      else assert.ok(!existsSync(target), 'nothing wrong has the name');
    });
  }

  it('says how to trust a house of one’s own, and does when told', async () => {
    const refused = await fetchWith({ tls });
    assert.deepEqual([refused.result.code, refused.code], [4, 'transfer.untrusted']);
    assert.match(refused.result.stderr, /--cacert/);
    const authority = home.beside('authority.pem');
    await writeFile(authority, houseAuthority);
    const { result, target } = await fetchWith({ tls }, ['--cacert', authority]);
    assert.equal(result.code, 0, result.stderr);
    await assertOnlyRight(target);
  });
});
