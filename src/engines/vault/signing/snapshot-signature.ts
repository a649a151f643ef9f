/**
 * Who made a snapshot: an Ed25519 signature (RFC 8032) inside its manifest, over every byte before it and the
 * repository's id. Encryption already proves that somebody with the passphrase wrote it; the signature says which
 * writer, and holds against somebody who has the passphrase but not the writer's key.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';

import { KuraError } from '#kernel/errors';

export interface SnapshotSigner {
  /** 64 hex digits: the public key. */
  readonly key: string;
  sign(bytes: Uint8Array): Uint8Array;
}

export interface SnapshotSignature {
  /** Public key of the writer, 64 hex digits. */
  readonly key: string;
  /** Whether the signature is that key's, over this very snapshot. */
  readonly valid: boolean;
}

export interface SigningKey {
  /** PKCS #8 PEM: to be kept by the writer. */
  readonly privateKey: string;
  /** 64 hex digits: what others check by. */
  readonly key: string;
}

export function createSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), key: publicHex(privateKey) };
}

/** @throws KuraError invalid `vault.signing-key-invalid`. */
export function createSigner(privateKeyPem: string): SnapshotSigner {
  const privateKey = readPrivateKey(privateKeyPem);
  return { key: publicHex(privateKey), sign: (bytes) => signBytes(null, bytes, privateKey) };
}

/** The manifest as it is stored: signed when there is a signer. */
export function signedManifest(manifest: object, vaultId: Uint8Array, signer: SnapshotSigner | undefined): Buffer {
  const text = JSON.stringify(manifest);
  if (signer === undefined) return Buffer.from(text);
  const body = text.slice(0, -1);
  const value = Buffer.from(signer.sign(signedBytes(vaultId, Buffer.from(body)))).toString('hex');
  return Buffer.from(`${body},"signature":{"key":"${signer.key}","value":"${value}"}}`);
}

const SUFFIX = /,"signature":\{"key":"([0-9a-f]{64})","value":"([0-9a-f]{128})"\}\}$/;
/** Longer than the signature itself; the manifest before it may be large. */
const SUFFIX_BYTES = 300;

/** Undefined when the manifest is not signed. */
export function readSignature(manifest: Uint8Array, vaultId: Uint8Array): SnapshotSignature | undefined {
  const bytes = Buffer.from(manifest.buffer, manifest.byteOffset, manifest.byteLength);
  const match = SUFFIX.exec(bytes.toString('latin1', Math.max(0, bytes.length - SUFFIX_BYTES)));
  const [suffix = '', key, value] = match ?? [];
  if (key === undefined || value === undefined) return undefined;
  const body = bytes.subarray(0, bytes.length - suffix.length);
  return { key, valid: verifyBytes(null, signedBytes(vaultId, body), publicKeyOf(key), Buffer.from(value, 'hex')) };
}

function signedBytes(vaultId: Uint8Array, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('kura-vault/1/snapshot\0'), vaultId, body]);
}

function readPrivateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new KuraError('invalid', 'vault.signing-key-invalid', { cause: error });
  }
  throw new KuraError('invalid', 'vault.signing-key-invalid');
}

function publicHex(privateKey: KeyObject): string {
  return Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
}

function publicKeyOf(hex: string): KeyObject {
  const x = Buffer.from(hex, 'hex').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
