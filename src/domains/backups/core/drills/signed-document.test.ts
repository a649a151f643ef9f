import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';

import { sha256Of } from '../signatures/detached-signature.ts';
import { canonicalJson, checkSignedDocument, signedText } from './signed-document.ts';

function signer() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const keyId = sha256Of(createPublicKey(pem).export({ type: 'spki', format: 'der' })).slice(0, 16);
  return {
    pem,
    signatureOf: (document: string) => ({
      format: 'kura-drill-signature-1',
      algorithm: 'Ed25519',
      keyId,
      publicKey: pem,
      sha256: sha256Of(document),
      signature: sign(null, Buffer.from(signedText(document)), privateKey).toString('base64'),
    }),
  };
}

const document = canonicalJson({ result: 'passed', format: 'kura-drill-record-1', files: [{ b: 1, a: '蔵' }] });

describe('a signed drill record', () => {
  it('is written in one way only', () => {
    assert.equal(document, '{"files":[{"a":"蔵","b":1}],"format":"kura-drill-record-1","result":"passed"}');
  });

  it('holds under the key that was named', () => {
    const { pem, signatureOf } = signer();
    const checked = checkSignedDocument(document, JSON.stringify(signatureOf(document)), [pem]);
    assert.deepEqual([checked.trusted, checked.document['result']], [true, 'passed']);
  });

  it('does not hold after one byte of it changed, whatever else was changed with it', () => {
    const { pem, signatureOf } = signer();
    const changed = document.replace('passed', 'failed');
    const signature = signatureOf(document);
    for (const given of [signature, { ...signature, sha256: sha256Of(changed) }]) {
      assert.throws(() => checkSignedDocument(changed, JSON.stringify(given), [pem]), {
        code: 'backups.drill-signature-wrong',
      });
    }
  });

  it('does not pass for another key by bringing its own', () => {
    const stranger = signer();
    const signature = stranger.signatureOf(document);
    assert.throws(() => checkSignedDocument(document, JSON.stringify(signature), [signer().pem]), {
      code: 'backups.drill-signer-unknown',
    });
    assert.throws(
      () => checkSignedDocument(document, JSON.stringify({ ...signature, keyId: '0123456789abcdef' }), []),
      { code: 'backups.drill-signature-wrong' },
    );
    assert.equal(checkSignedDocument(document, JSON.stringify(signature), []).trusted, false);
  });
});
