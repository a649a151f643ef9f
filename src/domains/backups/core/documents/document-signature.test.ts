import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { testSigner } from '../../testing/proof-parts.ts';
import { checkDocument, signDocument } from './document-signature.ts';

describe('a signed report', () => {
  const content = Buffer.from('<h1>2026-10</h1>');
  const signature = signDocument(testSigner(), 'report.html', content);
  const text = JSON.stringify(signature);

  it('is the one that was made', () => {
    assert.equal(checkDocument(content, text).keyId, signature.keyId);
    assert.equal(checkDocument(content, text, signature.publicKey).sha256, signature.sha256);
  });

  it('is found out with another byte, another name or another key', () => {
    const changed = Buffer.from(content);
    changed[3] = (changed[3] ?? 0) ^ 1;
    const renamed = JSON.stringify({ ...signature, name: 'other.html' });
    const wrong = { kind: 'mismatch', code: 'backups.document-changed' };
    assert.throws(() => checkDocument(changed, text), wrong);
    assert.throws(() => checkDocument(content, renamed), wrong);
    assert.throws(() => checkDocument(content, text, testSigner().publicKey), wrong);
  });

  it('does not pass under the name of a key that did not sign it', () => {
    const renamed = JSON.stringify({ ...signature, keyId: '0123456789abcdef' });
    const wrong = { kind: 'mismatch', code: 'backups.document-changed' };
    assert.throws(() => checkDocument(content, renamed), wrong);
    assert.throws(() => checkDocument(content, renamed, signature.publicKey), wrong);
  });

  it('has one spelling', () => {
    const respelt = JSON.stringify({ ...signature, signature: signature.signature.replace(/=+$/, '') });
    assert.throws(() => checkDocument(content, respelt), { kind: 'mismatch', code: 'backups.document-changed' });
  });

  it('needs a signature that can be read', () => {
    assert.throws(() => checkDocument(content, '{}'), { code: 'backups.document-signature-unreadable' });
    assert.throws(() => checkDocument(content, text, 'no key'), { code: 'backups.document-signature-unreadable' });
  });
});
