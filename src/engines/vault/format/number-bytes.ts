/**
 * Numbers of two or four bytes, little-endian: their last bytes (sign and exponent) apart from all others. Four bytes at a
 * time where the memory lies right for it; every platform Node supports but one is little-endian, too.
 */
import { endianness } from 'node:os';

import type { NumberVectors, NumberWidth } from './number-vectors.ts';

export interface SplitNumbers {
  /** The last byte of each number. */
  readonly top: Uint8Array;
  /** All other bytes in their order, and what is left when the length is no multiple of the width. */
  readonly rest: Uint8Array;
}

export function numbersIn(bytes: number, width: NumberWidth): number {
  return Math.floor(bytes / width);
}

export interface NumberTools<Into> {
  /** Memory of the right lengths. */
  readonly into?: Into | undefined;
  /** Quicker where everything lies in their memory. */
  readonly vectors?: NumberVectors | undefined;
}

export function splitNumbers(
  plain: Uint8Array,
  width: NumberWidth,
  { into, vectors }: NumberTools<SplitNumbers> = {},
): SplitNumbers {
  const count = numbersIn(plain.byteLength, width);
  const split = into ?? { top: new Uint8Array(count), rest: new Uint8Array(plain.byteLength - count) };
  const { top, rest } = split;
  let number = vectors?.split({ top, rest, plain }, width) ?? 0;
  if (number === 0 && width === 2) number = splitPairs(plain, split);
  for (let at = number * width, to = at - number; number < count; number += 1, at += width) {
    for (let byte = 0; byte < width - 1; byte += 1, to += 1) rest[to] = plain[at + byte] ?? 0;
    top[number] = plain[at + width - 1] ?? 0;
  }
  rest.set(plain.subarray(count * width), count * (width - 1));
  return split;
}

export function joinNumbers(
  { top, rest }: SplitNumbers,
  width: NumberWidth,
  { into, vectors }: NumberTools<Uint8Array> = {},
): Uint8Array {
  const plain = into ?? new Uint8Array(top.byteLength + rest.byteLength);
  let number = vectors?.join({ top, rest, plain }, width) ?? 0;
  if (number === 0 && width === 2) number = joinPairs({ top, rest }, plain);
  for (let at = number * width, from = at - number; number < top.length; number += 1, at += width) {
    for (let byte = 0; byte < width - 1; byte += 1, from += 1) plain[at + byte] = rest[from] ?? 0;
    plain[at + width - 1] = top[number] ?? 0;
  }
  plain.set(rest.subarray(top.length * (width - 1)), top.length * width);
  return plain;
}

/** Two numbers of two bytes at a time. Returns how many numbers that were. */
function splitPairs(plain: Uint8Array, { top, rest }: SplitNumbers): number {
  const pairs = Math.floor(top.length / 2);
  const [words, tops, rests] = [wordsOf(plain, pairs), halvesOf(top, pairs), halvesOf(rest, pairs)];
  if (words === undefined || tops === undefined || rests === undefined) return 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const word = words[pair] ?? 0;
    tops[pair] = ((word >>> 8) & 0xff) | ((word >>> 16) & 0xff00);
    rests[pair] = (word & 0xff) | ((word >>> 8) & 0xff00);
  }
  return pairs * 2;
}

function joinPairs({ top, rest }: SplitNumbers, plain: Uint8Array): number {
  const pairs = Math.floor(top.length / 2);
  const [words, tops, rests] = [wordsOf(plain, pairs), halvesOf(top, pairs), halvesOf(rest, pairs)];
  if (words === undefined || tops === undefined || rests === undefined) return 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    const high = tops[pair] ?? 0;
    const low = rests[pair] ?? 0;
    words[pair] = (low & 0xff) | ((high & 0xff) << 8) | ((low & 0xff00) << 8) | ((high & 0xff00) << 16);
  }
  return pairs * 2;
}

function wordsOf({ buffer, byteOffset }: Uint8Array, count: number): Uint32Array | undefined {
  return byteOffset % 4 === 0 && endianness() === 'LE' ? new Uint32Array(buffer, byteOffset, count) : undefined;
}

function halvesOf({ buffer, byteOffset }: Uint8Array, count: number): Uint16Array | undefined {
  return byteOffset % 2 === 0 ? new Uint16Array(buffer, byteOffset, count) : undefined;
}
