/** A detached signature by this installation, which anybody can check without it. */
import { KuraError } from '#kernel/errors';

import { type DocumentSignature, documentSignatureSchema } from '../../contract/index.ts';
import { fingerprint, isSignedBy, type RecordSigner, sha256Of } from '../signatures/detached-signature.ts';

const format = 'kura-document-1';

export function signDocument(signer: RecordSigner, name: string, content: Uint8Array): DocumentSignature {
  const sha256 = sha256Of(content);
  const { id: keyId, publicKey } = signer;
  return { format, name, sha256, keyId, publicKey, signature: signer.sign(signedText(name, sha256)) };
}

/**
 * @param trustedKey public key (PEM) that is believed; without one that in the signature is, and its id told.
 * @throws KuraError invalid `backups.document-signature-unreadable`, mismatch `backups.document-changed`.
 */
export function checkDocument(content: Uint8Array, signatureText: string, trustedKey?: string): DocumentSignature {
  const told = readSignature(signatureText);
  const { name, sha256, keyId, publicKey, signature } = told;
  const key = trustedKey ?? publicKey;
  const keyIdOfKey = fingerprint(key);
  if (keyIdOfKey === undefined) throw new KuraError('invalid', 'backups.document-signature-unreadable');
  const isRight = keyIdOfKey === keyId && isSignedBy(key, signedText(name, sha256), signature);
  if (!isRight || sha256Of(content) !== sha256) {
    throw new KuraError('mismatch', 'backups.document-changed', { params: { name } });
  }
  return told;
}

function readSignature(text: string): DocumentSignature {
  try {
    return documentSignatureSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new KuraError('invalid', 'backups.document-signature-unreadable', { cause });
  }
}

function signedText(name: string, sha256: string): string {
  return `${format}\n${name}\n${sha256}\n`;
}
