import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MINUTE } from '#kernel/units';

import { createMemoryVault, type MemoryVault } from '../testing/memory-vault.ts';
import { thisProcess } from './writer-lock.ts';

function leaveLock(
  { storage, clock }: MemoryVault,
  name: string,
  facts: { host?: string; pid?: number; age?: number },
) {
  const at = new Date(clock.now() - (facts.age ?? 0)).toISOString();
  const holder = { ...thisProcess('here'), ...facts };
  const lock = { format: 'kura-vault-lock', version: 1, purpose: 'backup', ...holder, startedAt: at, heartbeatAt: at };
  storage.values.set(`locks/${name}`, Buffer.from(JSON.stringify(lock)));
}

describe('locks for people', () => {
  it('say who writes, who is dead, and which cannot be read', async () => {
    await using made = await createMemoryVault({ host: 'here' });
    leaveLock(made, 'a', {});
    leaveLock(made, 'b', { pid: 0x3fffff });
    leaveLock(made, 'c', { host: 'there', age: 2 * MINUTE });
    leaveLock(made, 'd', { host: 'there', age: 20 * MINUTE });
    made.storage.values.set('locks/e', Buffer.from('?'));
    assert.deepEqual(
      (await made.vault.locks()).map(({ lock, state }) => [lock, state]),
      [
        ['locks/a', 'alive'],
        ['locks/b', 'stale'],
        ['locks/c', 'alive'],
        ['locks/d', 'stale'],
        ['locks/e', 'unreadable'],
      ],
    );
    assert.equal(names(await made.vault.unlock()), 'locks/b locks/d', 'only the dead');
    assert.equal(
      names(await made.vault.unlock({ force: true })),
      'locks/c locks/e',
      'a living process here is never robbed',
    );
    assert.equal(names(await made.vault.locks()), 'locks/a');
  });
});

function names(locks: readonly { readonly lock: string }[]): string {
  return locks.map(({ lock }) => lock).join(' ');
}
