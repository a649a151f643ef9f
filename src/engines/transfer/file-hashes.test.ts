import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sha256 } from '#kernel/brands';

import { compareHashes, type FileHashes, normalizeExpected } from './file-hashes.ts';

const measured: FileHashes = {
  SHA256: sha256('b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9'),
  AutoV2: 'b94d27b993',
  BLAKE3: 'd74981efa70a0c880b8d8c1985d075dbcbf679b99a5f9914e5aaf96b831a9e24',
  CRC32: '0D4A1185',
  AutoV1: null,
  AutoV3: 'aabbccddeeff',
};

describe('compareHashes', () => {
  it('compares without regard to case, as CivitAI publishes in capitals', () => {
    const verdict = compareHashes(measured, { SHA256: measured.SHA256.toUpperCase() });
    assert.equal(verdict.agrees, true);
    assert.equal(verdict.decidedBy, 'SHA256');
  });

  it('lets the strongest hash decide alone, as published weak ones are sometimes wrong', () => {
    assert.equal(compareHashes(measured, { SHA256: measured.SHA256, CRC32: '00000000' }).agrees, true);
    assert.equal(compareHashes(measured, { SHA256: '0'.repeat(64), CRC32: '0D4A1185' }).agrees, false);
  });

  it('takes CRC32 in either byte order', () => {
    assert.equal(compareHashes(measured, { CRC32: '85114a0d' }).agrees, true);
    assert.equal(compareHashes(measured, { CRC32: '85114a0e' }).agrees, false);
  });

  it('takes AutoV3 with 12 or 64 digits and ignores the hash of nothing', () => {
    assert.equal(compareHashes(measured, { AutoV3: `aabbccddeeff${'0'.repeat(52)}` }).agrees, true);
    assert.equal(compareHashes(measured, { AutoV3: 'e3b0c44298fc' }).decidedBy, undefined);
  });

  it('decides nothing without a published hash, or by one the file cannot have', () => {
    assert.deepEqual([compareHashes(measured, {}).decidedBy, compareHashes(measured, {}).agrees], [undefined, true]);
    assert.equal(compareHashes(measured, { AutoV1: '12345678' }).decidedBy, undefined);
  });
});

describe('normalizeExpected', () => {
  it('refuses what is not a hash of its kind', () => {
    for (const bad of [{ SHA256: 'abc' }, { SHA256: 'g'.repeat(64) }, { CRC32: '123456789' }]) {
      assert.throws(() => normalizeExpected(bad), { code: 'transfer.bad-expected-hash' });
    }
  });

  it('drops empty values', () => {
    assert.deepEqual(normalizeExpected({ SHA256: '', BLAKE3: undefined }), {});
  });
});
