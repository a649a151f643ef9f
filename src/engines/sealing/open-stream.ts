/** A sealed file in, its content out, each segment verified before it is handed on. */
import { createHash } from 'node:crypto';

import { KuraError } from '#kernel/errors';
import { aes256GcmHkdf1Mb, tinkHeaderLength, tinkSegmentRoom, tinkSegments } from '#kernel/tink-streaming';

import { type ByteReader, byteReader } from './byte-reader.ts';
import { checkMac, damaged, type ReadHeader, readHeader, type SealingLevel, subKey } from './header.ts';
import { releasing } from './releasing.ts';
import { fileDigest, signatureBytes } from './signature.ts';
import { dataKeyOf, type OpeningKeys } from './slots.ts';

export interface Opened {
  readonly level: SealingLevel;
  /** Who signed it, where the level says so: first 16 hex digits of the SHA-256 of the raw public key. */
  readonly signer: string | undefined;
  /** To be trusted only once it has ended without an error: truncation and a wrong signature show at the end. */
  readonly content: AsyncIterable<Uint8Array>;
}

export interface OpeningWish extends OpeningKeys {
  /** Whose signature alone counts (fingerprints). */
  readonly signers?: readonly string[] | undefined;
}

/**
 * @throws KuraError invalid `sealing.not-sealed`, `sealing.passphrase-missing`, `sealing.identity-missing`; unauthenticated
 *   `sealing.wrong-key`; refused `sealing.other-signer`; mismatch `sealing.damaged`, also while the content is read.
 */
export async function openStream(source: AsyncIterable<Uint8Array>, wish: OpeningWish): Promise<Opened> {
  const outer = await openLayer(source, wish);
  if (outer.read.header.outer !== true) return opened(outer, wish);
  const inner = await openLayer(releasing(outer.content), wish).catch((error: unknown) => {
    throw error instanceof KuraError && error.code === 'sealing.not-sealed' ? damaged() : error;
  });
  const { level, outer: again } = inner.read.header;
  if (level !== outer.read.header.level || again === true) throw damaged();
  return opened(inner, wish);
}

/** What names a signer. @param publicKey Raw Ed25519 public key, base64. */
export function signerFingerprint(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16);
}

interface OpenedLayer {
  readonly read: ReadHeader;
  readonly content: AsyncIterable<Uint8Array>;
}

function opened({ read, content }: OpenedLayer, { signers }: OpeningWish): Opened {
  const { level, signer: publicKey } = read.header;
  const signer = publicKey === undefined ? undefined : signerFingerprint(publicKey);
  if (signers !== undefined && (signer === undefined || !signers.includes(signer))) {
    throw new KuraError('refused', 'sealing.other-signer', { params: { signer: signer ?? '–' } });
  }
  return { level, signer, content };
}

async function openLayer(source: AsyncIterable<Uint8Array>, keys: OpeningKeys): Promise<OpenedLayer> {
  const reader = byteReader(source);
  const read = await readHeader(reader);
  const dataKey = await dataKeyOf(read.header.keys, keys);
  checkMac(dataKey, read);
  return { read, content: layerContent(reader, read, dataKey) };
}

async function* layerContent(reader: ByteReader, read: ReadHeader, dataKey: Uint8Array): AsyncGenerator<Uint8Array> {
  const { signer } = read.header;
  const digest = signer === undefined ? undefined : fileDigest();
  const tinkHeader = await reader.read(tinkHeaderLength(aes256GcmHkdf1Mb));
  for (const bytes of [read.bytes, read.mac, tinkHeader]) digest?.update(bytes);
  const key = { parameters: aes256GcmHkdf1Mb, value: subKey(dataKey, 'payload') };
  if (tinkHeader[0] !== tinkHeaderLength(aes256GcmHkdf1Mb)) throw damaged();
  const cipher = tinkSegments(key, tinkHeader, read.mac);
  const trailerBytes = signer === undefined ? 0 : signatureBytes;
  const segments = reader.segments((number) => tinkSegmentRoom(aes256GcmHkdf1Mb, number), trailerBytes);
  let step = await segments.next();
  while (step.done !== true) {
    const { number, last, bytes } = step.value;
    digest?.update(bytes);
    const plain = cipher.open(number, last, bytes);
    if (plain === undefined) throw damaged();
    yield plain;
    step = await segments.next();
  }
  if (digest !== undefined && signer !== undefined && !digest.isSignedBy(signer, step.value)) throw damaged();
}
