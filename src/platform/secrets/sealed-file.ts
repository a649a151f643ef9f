/**
 * One sealed secret in a file of its own (`run/secrets/civitai.token`), readable before any database is: its key stands
 * beside it, wrapped with the master key. Another master key wraps that key anew; the secret itself stays as it is.
 */
import type { Random } from '#kernel/clock';

import { type AeadKey, aeadKeyId, aeadOpen, aeadSeal } from './aead.ts';
import { sealedMark } from './sealed-text.ts';

/** @param name The setting: what was sealed for one opens as no other. */
export function sealForFile(master: AeadKey, name: string, secret: string, random: Random): string {
  const key: AeadKey = { id: Buffer.from(random.bytes(4)).toString('hex'), value: random.bytes(32) };
  return written(
    aeadSeal(master, key.value, keyContext(name), random),
    aeadSeal(key, Buffer.from(secret), boxContext(name), random),
  );
}

/** The secret, or undefined when none of these master keys opens it. */
export function openFromFile(masters: readonly AeadKey[], name: string, text: string): string | undefined {
  const parts = partsOf(text);
  const key = parts === undefined ? undefined : unwrap(masters, name, parts);
  if (parts === undefined || key === undefined) return undefined;
  const plain = aeadOpen(key, parts.box, boxContext(name));
  return plain === undefined ? undefined : Buffer.from(plain).toString('utf8');
}

/** The same secret under another master key, or undefined when the old one does not open it. */
export function rewrapForFile(
  keys: { readonly from: readonly AeadKey[]; readonly to: AeadKey },
  name: string,
  text: string,
  random: Random,
): string | undefined {
  const parts = partsOf(text);
  const key = parts === undefined ? undefined : unwrap(keys.from, name, parts);
  if (parts === undefined || key === undefined) return undefined;
  return written(aeadSeal(keys.to, key.value, keyContext(name), random), parts.box);
}

interface Parts {
  readonly wrapped: Uint8Array;
  readonly box: Uint8Array;
}

function unwrap(masters: readonly AeadKey[], name: string, { wrapped, box }: Parts): AeadKey | undefined {
  const id = aeadKeyId(box);
  if (id === undefined) return undefined;
  const value = masters.map((master) => aeadOpen(master, wrapped, keyContext(name))).find((one) => one !== undefined);
  return value === undefined ? undefined : { id, value };
}

function partsOf(text: string): Parts | undefined {
  const [wrapped, box, ...rest] = text.slice(sealedMark.length).split('.');
  if (wrapped === undefined || box === undefined || rest.length > 0) return undefined;
  return { wrapped: Buffer.from(wrapped, 'base64url'), box: Buffer.from(box, 'base64url') };
}

function written(...parts: readonly Uint8Array[]): string {
  return `${sealedMark}${parts.map((part) => Buffer.from(part).toString('base64url')).join('.')}`;
}

function keyContext(name: string): string {
  return `kura/secret-file-key/${name}`;
}

function boxContext(name: string): string {
  return `kura/secret-file/${name}`;
}
