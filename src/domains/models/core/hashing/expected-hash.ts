/** A published hash of whatever kind, held against what was measured; its length tells which kinds it can be. */
import { KuraError } from '#kernel/errors';

import type { SpelledHashes } from './spell-hashes.ts';

type HashName = keyof SpelledHashes;

const kinds: Readonly<Record<number, readonly HashName[]>> = {
  64: ['SHA256', 'BLAKE3'],
  12: ['AutoV3'],
  10: ['AutoV2'],
  8: ['CRC32', 'AutoV1'],
};

export interface ExpectedHash {
  /** Upper case. */
  readonly digits: string;
  readonly kinds: readonly HashName[];
}

/** @throws KuraError `models.not-a-hash` */
export function expectedHash(text: string): ExpectedHash {
  const digits = text.trim().toUpperCase();
  const possible = kinds[digits.length];
  if (possible === undefined || !/^[0-9A-F]+$/.test(digits)) {
    throw new KuraError('invalid', 'models.not-a-hash', { params: { text: text.slice(0, 80) } });
  }
  return { digits, kinds: possible };
}

/** The kind that agrees; undefined when none does. */
export function agreeingKind(expected: ExpectedHash, measured: SpelledHashes): HashName | undefined {
  return expected.kinds.find((name) => measured[name] === expected.digits);
}

export interface ListedHash {
  readonly path: string;
  readonly expected: ExpectedHash;
}

/**
 * Lines as `sha256sum`, `b3sum` and their kin write them: hash, blank, blank or `*`, name; `#` begins a remark.
 * @throws KuraError `models.bad-hash-line` with the number of the line, from 1.
 */
export function readHashList(text: string): readonly ListedHash[] {
  const listed: ListedHash[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const found = /^\\?([0-9a-fA-F]{8,64}) [ *](.+)$/.exec(line);
    const possible = kinds[found?.[1]?.length ?? 0];
    if (found?.[1] === undefined || found[2] === undefined || possible === undefined) {
      throw new KuraError('invalid', 'models.bad-hash-line', { params: { line: index + 1 } });
    }
    listed.push({ path: found[2], expected: { digits: found[1].toUpperCase(), kinds: possible } });
  }
  return listed;
}
