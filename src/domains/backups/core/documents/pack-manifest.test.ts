import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { writeZip, type ZipFile } from '#platform/documents';

import { testSigner } from '../../testing/proof-parts.ts';
import { canonicalJson } from '../drills/signed-document.ts';
import { sha256Of } from '../signatures/detached-signature.ts';
import { signDocument } from './document-signature.ts';
import { checkPack, manifestName, manifestSignatureName, packFormat } from './pack-manifest.ts';

const signer = testSigner();
const file = { name: 'tables/runs.csv', content: Buffer.from('a,b\r\n') };

function pack(listed: readonly ZipFile[], held: readonly ZipFile[] = listed): Buffer {
  const files = listed.map(({ name: path, content }) => ({ path, bytes: content.length, sha256: sha256Of(content) }));
  const content = Buffer.from(canonicalJson({ format: packFormat, name: 'kura-audit-pack', files }));
  const signature = Buffer.from(canonicalJson(signDocument(signer, manifestName, content)));
  const archive = [{ name: manifestName, content }, { name: manifestSignatureName, content: signature }, ...held];
  return Buffer.from(writeZip(archive));
}

describe('an audit pack', () => {
  it('is found to be what was signed', () => {
    const { name, files, keyId } = checkPack(pack([file]), signer.publicKey);
    assert.deepEqual([name, files, keyId], ['kura-audit-pack.zip', 1, signer.id]);
  });

  it('is found out by any bit that was changed', () => {
    const whole = pack([file]);
    for (const [at, byte] of whole.entries()) {
      const changed = Buffer.from(whole);
      changed[at] = byte ^ (1 << (at % 8));
      assert.throws(() => checkPack(changed), { kind: 'mismatch', code: 'backups.document-changed' }, `byte ${at}`);
    }
  });

  it('holds nothing more, nothing less and nothing else than its list', () => {
    const other = { name: 'tables/other.csv', content: file.content };
    for (const held of [[], [other], [file, other], [{ ...file, content: Buffer.from('a,c\r\n') }]]) {
      assert.throws(() => checkPack(pack([file], held)), { code: 'backups.document-changed' });
    }
    assert.throws(() => checkPack(pack([file]), testSigner().publicKey), { code: 'backups.document-changed' });
  });
});
