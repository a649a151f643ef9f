import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { accountState } from './account-state.ts';

const now = Date.UTC(2026, 10, 22);

function stateOf(attributes: Readonly<Record<string, string>>): string {
  return accountState((name) => attributes[name], now);
}

/** As Active Directory writes times. */
function ticks(time: number): string {
  return String((BigInt(time) + 11_644_473_600_000n) * 10_000n);
}

describe('accountState', () => {
  it('calls an account usable that nothing speaks against', () => {
    const quiet = [
      {},
      { userAccountControl: '512', accountExpires: '0' },
      { userAccountControl: '66048', accountExpires: '9223372036854775807' },
      { accountExpires: ticks(now + 1000), shadowExpire: '-1' },
      { nsAccountLock: 'FALSE', shadowExpire: '99999' },
    ];
    for (const attributes of quiet) assert.equal(stateOf(attributes), 'usable', JSON.stringify(attributes));
  });

  it('reads what each directory writes', () => {
    assert.equal(stateOf({ userAccountControl: '514' }), 'disabled');
    assert.equal(stateOf({ nsAccountLock: 'true' }), 'disabled');
    assert.equal(stateOf({ loginDisabled: 'TRUE' }), 'disabled');
    assert.equal(stateOf({ pwdAccountLockedTime: '000001010000Z' }), 'disabled');
    assert.equal(stateOf({ pwdAccountLockedTime: '20261121120000Z' }), 'locked');
    assert.equal(stateOf({ 'msDS-User-Account-Control-Computed': '16' }), 'locked');
    assert.equal(stateOf({ accountExpires: ticks(now - 1000) }), 'expired');
    assert.equal(stateOf({ shadowExpire: '1' }), 'expired');
    assert.equal(stateOf({ shadowExpire: '0' }), 'expired');
    assert.equal(stateOf({ 'msDS-User-Account-Control-Computed': '8388608' }), 'password-expired');
  });

  it('tells the worst first, and is not led astray by nonsense', () => {
    assert.equal(stateOf({ userAccountControl: '514', accountExpires: ticks(now - 1) }), 'disabled');
    assert.equal(stateOf({ userAccountControl: '2 or so', accountExpires: '-7', shadowExpire: 'never' }), 'usable');
  });
});
