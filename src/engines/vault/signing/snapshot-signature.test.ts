import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createMemoryVault, reopenMemoryVault } from '../testing/memory-vault.ts';
import { createTestFolder, writeTree } from '../testing/vault-fixture.ts';
import { createSigner, createSigningKey, readSignature, signedManifest } from './snapshot-signature.ts';

const vaultId = Buffer.alloc(16, 7);

describe('signatures of snapshots', () => {
  it('hold for every byte of the manifest and for this repository alone', () => {
    const { privateKey, key } = createSigningKey();
    const manifest = signedManifest({ source: '/data', list: [1, 2] }, vaultId, createSigner(privateKey));
    assert.deepEqual(readSignature(manifest, vaultId), { key, valid: true });
    assert.deepEqual(readSignature(manifest, Buffer.alloc(16, 8)), { key, valid: false });
    for (let at = 0; at < manifest.byteLength; at++) {
      const changed = Buffer.from(manifest);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.notEqual(readSignature(changed, vaultId)?.valid, true, `byte ${at}`);
    }
    assert.equal(readSignature(signedManifest({ source: '/data' }, vaultId, undefined), vaultId), undefined);
  });

  it('are reported, and demanded when writers are named', async () => {
    await using folder = await createTestFolder();
    await writeTree(folder.at('source'), { a: 'x' });
    const [ours, theirs] = [createSigningKey(), createSigningKey()];
    await using unsigned = await createMemoryVault({ passphrase: 'p' });
    await unsigned.vault.backup({ source: folder.at('source') });
    await using signed = await reopenMemoryVault({ ...unsigned, passphrase: 'p', signingKey: ours.privateKey });
    const { snapshot } = await signed.vault.backup({ source: folder.at('source') });
    assert.deepEqual(snapshot.signature, { key: ours.key, valid: true });
    const { errors, signatures } = await signed.vault.verify();
    assert.deepEqual(errors, []);
    assert.deepEqual(signatures, { unsigned: 1, bad: 0, signers: [{ key: ours.key, snapshots: 1 }] });

    async function codesFor(signers: readonly string[]): Promise<readonly string[]> {
      return (await signed.vault.verify({ signers })).errors.map(({ error }) => error.code).toSorted();
    }

    assert.deepEqual(await codesFor([ours.key]), ['vault.signature-missing']);
    assert.deepEqual(await codesFor([theirs.key]), ['vault.signature-foreign', 'vault.signature-missing']);
  });

  it('refuse a key that is none', async () => {
    await using made = await createMemoryVault();
    await assert.rejects(reopenMemoryVault({ ...made, signingKey: 'no key' }), { code: 'vault.signing-key-invalid' });
  });
});
