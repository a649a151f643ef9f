/** The six hashes CivitAI publishes (civitai-api.md §4.5), and how a measured set is held against a published one. */
import type { Sha256 } from '#kernel/brands';
import { KuraError } from '#kernel/errors';

/** CivitAI's own names, as they stand in `files[].hashes`. */
export type HashName = 'SHA256' | 'BLAKE3' | 'CRC32' | 'AutoV1' | 'AutoV2' | 'AutoV3';

/**
 * Hashes measured from bytes. Hex digits are lower case, CRC32 upper case (M-160).
 * `undefined` – was not asked for; `null` – has no meaning for this file.
 */
export interface FileHashes {
  readonly SHA256: Sha256;
  /** First 10 digits of SHA256. */
  readonly AutoV2: string;
  readonly BLAKE3?: string;
  readonly CRC32?: string;
  /**
   * First 8 digits of the SHA-256 of the 64 KiB at offset 1 MiB, and of what is there if the file ends earlier – as the
   * code that invented it does; `null` when the file ends at or before 1 MiB, where it would be the hash of nothing.
   */
  readonly AutoV1?: string | null;
  /** First 12 digits of the SHA-256 of the tensor area; `null` unless the file is a safetensors with tensor bytes. */
  readonly AutoV3?: string | null;
}

export type ExpectedHashes = { readonly [Name in HashName]?: string | undefined };

export const allHashNames: readonly HashName[] = ['SHA256', 'BLAKE3', 'CRC32', 'AutoV1', 'AutoV2', 'AutoV3'];

export interface HashVerdict {
  /** The hash that decided, or `undefined` when nothing was expected that says anything. */
  readonly decidedBy: HashName | undefined;
  readonly agrees: boolean;
  readonly expected: string;
  readonly actual: string;
}

/** Strongest first. AutoV3 and AutoV1 see only a part of the file. */
const byStrength: readonly HashName[] = ['SHA256', 'BLAKE3', 'AutoV2', 'AutoV3', 'CRC32', 'AutoV1'];
const digits: Readonly<Record<HashName, readonly number[]>> = {
  SHA256: [64],
  BLAKE3: [64],
  AutoV2: [10],
  // Some 2023 rows carry all 64 digits.
  AutoV3: [12, 64],
  CRC32: [8],
  AutoV1: [8],
};
/** SHA-256 of nothing, which some published AutoV3 are: it says nothing about the file. */
const hashOfNothing = 'e3b0c44298fc';

/** Whether these hashes fix every byte of the file, so that pieces of different sources may be joined and then judged. */
export function fixesEveryByte(expected: ExpectedHashes): boolean {
  return expected.SHA256 !== undefined || expected.BLAKE3 !== undefined;
}

/**
 * Lower-cases and checks what a publisher claims.
 * @throws KuraError `transfer.bad-expected-hash` when a value is not a hash of its kind.
 */
export function normalizeExpected(expected: ExpectedHashes): ExpectedHashes {
  const claims: Partial<Record<HashName, string>> = {};
  for (const name of allHashNames) {
    const value = expected[name]?.trim().toLowerCase();
    if (value === undefined || value === '') continue;
    if (!/^[0-9a-f]+$/.test(value) || !digits[name].includes(value.length)) {
      throw new KuraError('invalid', 'transfer.bad-expected-hash', { params: { algorithm: name, expected: value } });
    }
    if (name === 'AutoV3' && value.startsWith(hashOfNothing)) continue;
    claims[name] = value;
  }
  return claims;
}

/** Holds what was measured against what was published; the strongest hash present in both decides alone. */
export function compareHashes(measured: FileHashes, published: ExpectedHashes): HashVerdict {
  const expected = normalizeExpected(published);
  for (const name of byStrength) {
    const want = expected[name];
    const have = measured[name]?.toLowerCase();
    if (want === undefined || have === undefined) continue;
    return { decidedBy: name, agrees: agree(name, want, have), expected: want, actual: have };
  }
  return { decidedBy: undefined, agrees: true, expected: '', actual: '' };
}

function agree(name: HashName, want: string, have: string): boolean {
  if (name === 'AutoV3') return want.slice(0, 12) === have.slice(0, 12);
  // CivitAI's scanner writes CRC32 with its bytes reversed.
  if (name === 'CRC32') return want === have || Buffer.from(want, 'hex').reverse().toString('hex') === have;
  return want === have;
}
