import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { stopSignal } from './stop-signal.ts';

class FakeProcess extends EventEmitter {
  exitCode: number | undefined;

  exit(code?: number | string | null): never {
    this.exitCode = Number(code);
    return undefined as never;
  }
}

describe('stopSignal', () => {
  it('aborts at the first signal, takes an echo for the same press, and ends the process at the next', async () => {
    const emitter = new FakeProcess();
    const signal = stopSignal(emitter);
    assert.equal(signal.aborted, false);
    emitter.emit('SIGINT');
    emitter.emit('SIGINT');
    assert.equal(signal.aborted, true);
    assert.equal(emitter.exitCode, undefined);
    await sleep(350);
    emitter.emit('SIGTERM');
    assert.equal(emitter.exitCode, 130);
  });
});
