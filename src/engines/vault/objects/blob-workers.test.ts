import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const child = fileURLToPath(new URL('../testing/stop-workers-child.ts', import.meta.url));

describe('blob workers', () => {
  it('end before the process does, whatever their threads still have to say', async () => {
    for (const busyMs of [0, 1, 5, 20]) {
      // A process that ends while it waits for its threads has exit code 13, and execFile rejects.
      const { stdout } = await promisify(execFile)(process.execPath, [child, String(busyMs)]);
      assert.equal(stdout, 'stopped\n');
    }
  });
});
