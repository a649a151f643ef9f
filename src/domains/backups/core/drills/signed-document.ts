/**
 * A record that others can check without Kura's database: canonical JSON (RFC 8785: members sorted, no blanks) with a
 * detached Ed25519 signature (RFC 8032) by this installation's key. Each correction is a document of its own that names
 * the hash of the one before it.
 */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';

import type { SignedDrill } from '../../contract/index.ts';
import { signedDrillSchema } from '../../contract/index.ts';
import { fingerprint, isSignedBy, sha256Of } from '../signatures/detached-signature.ts';

export const documentFormat = 'kura-drill-record-1';

/** What is signed: the format first, so that no signature of anything else fits. */
export function signedText(document: string): string {
  return `${documentFormat}\n${document}`;
}

export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

type Signed = Pick<SignedDrill, 'document'> & Omit<SignedDrill['signature'], 'format' | 'algorithm'>;

/** A revision as it is handed out: the record, and the signature that lies beside it. */
export function signedOf({ document, keyId, publicKey, sha256, signature }: Signed): SignedDrill {
  return {
    document,
    signature: { format: 'kura-drill-signature-1', algorithm: 'Ed25519', keyId, publicKey, sha256, signature },
  };
}

const signatureSchema = signedDrillSchema.shape.signature;

export interface CheckedDocument {
  readonly keyId: string;
  /** Whether the key is one the caller named, not only the one that came with the signature. */
  readonly trusted: boolean;
  readonly document: Readonly<Record<string, unknown>>;
}

/**
 * Holds a record against its signature.
 * @param trustedKeys public keys (PEM) that are believed; with none, the key beside the signature is taken and told.
 * @throws KuraError invalid `backups.drill-signature-unreadable`, mismatch `backups.drill-signature-wrong`,
 * `backups.drill-signer-unknown`.
 */
export function checkSignedDocument(
  document: string,
  signatureText: string,
  trustedKeys: readonly string[],
): CheckedDocument {
  const signature = readSignature(signatureText);
  const { keyId, publicKey } = signature;
  if (sha256Of(document) !== signature.sha256 || !isSignedBy(publicKey, signedText(document), signature.signature)) {
    throw new KuraError('mismatch', 'backups.drill-signature-wrong', { params: { keyId } });
  }
  if (fingerprint(publicKey) !== keyId) {
    throw new KuraError('mismatch', 'backups.drill-signature-wrong', { params: { keyId } });
  }
  const trusted = trustedKeys.some((key) => fingerprint(key) === keyId);
  if (trustedKeys.length > 0 && !trusted) {
    throw new KuraError('mismatch', 'backups.drill-signer-unknown', { params: { keyId } });
  }
  return { keyId, trusted, document: readDocument(document) };
}

function readSignature(text: string): SignedDrill['signature'] {
  try {
    return signatureSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new KuraError('invalid', 'backups.drill-signature-unreadable', { cause });
  }
}

function readDocument(text: string): Readonly<Record<string, unknown>> {
  const read = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  if (read['format'] !== documentFormat) throw new KuraError('invalid', 'backups.drill-signature-unreadable');
  return read;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
