import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';

import { z } from 'zod';

import { startCivitaiSimulator } from '#stand-ins/civitai';

import { documentOf, succeeded } from './harness/answers.ts';
import { createHome } from './harness/kura-home.ts';

const told = z.object({ token: z.string().nullable(), account: z.string().optional(), source: z.string().optional() });

it('a CivitAI key is checked with the site, stored for its owner only, shown by its end, and forgotten again', async () => {
  await using site = await startCivitaiSimulator();
  await using home = await createHome({ KURA_CIVITAI_URL: site.url });
  const file = home.beside('key.txt');

  await writeFile(file, 'no-such-key\n');
  const refused = await home.run(['auth', 'login', '--token-file', file]);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /does not know this key\. Nothing was stored/);

  await writeFile(file, 'simulator-token\n');
  const stored = succeeded(await home.run(['auth', 'login', '--token-file', file, '--json']));
  assert.deepEqual(documentOf(stored, told), { account: 'kura_reader', token: '…oken' });
  const secret = join(home.path, 'run/secrets/civitai.token');
  assert.equal((await stat(secret)).mode & 0o777, 0o600);
  assert.match(await readFile(secret, 'utf8'), /^kura-sealed:/);

  const status = documentOf(succeeded(await home.run(['auth', 'status', '--json'])), told);
  assert.deepEqual(status, { account: 'kura_reader', token: '…oken', source: secret });
  assert.doesNotMatch(`${stored.stdout}${stored.stderr}`, /simulator-token/);

  succeeded(await home.run(['auth', 'logout']));
  assert.equal(documentOf(succeeded(await home.run(['auth', 'status', '--json'])), told).token, null);
});
