import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { collectRealModels, startCivitaiSimulator } from './index.ts';

describe('main', () => {
  it('prints one JSON line, serves, and leaves on SIGTERM', async () => {
    const script = fileURLToPath(new URL('main.ts', import.meta.url));
    const child = spawn(process.execPath, [script, '--extra-models', '10'], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [line] = await once(createInterface({ input: child.stdout }), 'line');
      const { apiUrl, known }: { apiUrl: string; known: { lora: { modelId: number } } } = JSON.parse(String(line));
      assert.equal((await fetch(`${apiUrl}/models/${known.lora.modelId}`)).status, 200);
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      assert.equal(code, 0);
    } finally {
      child.kill('SIGKILL');
    }
  });
});

describe('real models', () => {
  it('are served from disk with their own bytes and hashes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kura-real-'));
    try {
      const path = join(folder, 'tiny.onnx');
      await writeFile(path, 'hello world');
      await using simulator = await startCivitaiSimulator({ realModels: [{ path, name: 'Tiny', type: 'Other' }] });
      const [real] = simulator.catalogue.real;
      assert.ok(real !== undefined);
      const answer = await fetch(`${simulator.url}/api/download/models/${real.versionId}`);
      assert.equal(await answer.text(), 'hello world');
      const version = await (await fetch(`${simulator.apiUrl}/model-versions/by-hash/85114A0D`)).text();
      assert.match(version, /"format":"ONNX"/);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('that cannot be had are named with a reason instead of failing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kura-real-'));
    try {
      const commands = { npm: 'kura-no-such-npm', python: 'kura-no-such-python' };
      const { models, missing } = await collectRealModels(join(folder, 'cache'), { commands });
      assert.deepEqual(models, []);
      assert.deepEqual(
        missing.map(({ name, reason }) => [name, /ENOENT/.test(reason)]),
        [
          ['Silero VAD', true],
          ['Torch state dict', true],
        ],
      );
      assert.ok(existsSync(join(folder, 'cache')));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
