import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { systemRandom } from '#kernel/clock';

import { newRecoveryCodes, recoveryCodeHash } from './recovery-code.ts';
import { matchingStep, newTotpSecret, totpUri } from './totp.ts';

/** RFC 6238 appendix B, SHA-1: seconds and the last six of the eight digits. */
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('matchingStep', () => {
  it('finds the codes of RFC 6238', () => {
    for (const [seconds, code] of vectors) {
      assert.equal(matchingStep(rfcSecret, code, seconds * 1000, 0), Math.floor(seconds / 30), code);
    }
  });

  it('forgives a clock that is a step off, either way, and no more', () => {
    const step = Math.floor(1_234_567_890 / 30);
    function at(steps: number) {
      return matchingStep(rfcSecret, '005924', (step + steps) * 30_000, 0);
    }
    assert.deepEqual([-2, -1, 0, 1, 2].map(at), [undefined, step, step, step, undefined]);
  });

  it('takes no step that was used, nor an earlier one', () => {
    const [seconds, code] = vectors[3];
    const step = Math.floor(seconds / 30);
    assert.equal(matchingStep(rfcSecret, code, seconds * 1000, step - 1), step);
    assert.equal(matchingStep(rfcSecret, code, seconds * 1000, step), undefined);
    assert.equal(matchingStep(rfcSecret, code, seconds * 1000, step + 1), undefined);
  });
});

describe('a new secret', () => {
  it('has 160 bits and stands in the address that apps scan', () => {
    const secret = newTotpSecret(systemRandom);
    assert.match(secret, /^[A-Z2-7]{32}$/);
    assert.notEqual(secret, newTotpSecret(systemRandom));
    const uri = new URL(totpUri(secret, 'みか@tokyo'));
    assert.equal(uri.protocol, 'otpauth:');
    assert.equal(decodeURIComponent(uri.pathname), '/Kura:みか@tokyo');
    assert.deepEqual(Object.fromEntries(uri.searchParams), {
      issuer: 'Kura',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});

describe('recovery codes', () => {
  it('are ten, different, and the same however they are typed', () => {
    const codes = newRecoveryCodes(systemRandom);
    assert.equal(new Set(codes).size, 10);
    for (const code of codes) {
      assert.match(code, /^(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}$/);
      assert.equal(recoveryCodeHash(` ${code.toLowerCase().replaceAll('-', ' ')}`), recoveryCodeHash(code));
    }
  });
});
