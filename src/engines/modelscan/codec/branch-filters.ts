/**
 * Filters that make machine code pack better (xz-file-format 5.3.2, LZMA SDK Bra*.c): the targets of calls are absolute
 * in the packed form, and become relative again here. Content that is no machine code passes through them as well.
 */
import { undoRiscv } from './riscv-filter.ts';

/** Undone in place. @param start address of the first byte */
type BranchFilter = (content: Buffer, start: number) => void;

/** Which bits of the three bytes before say that an address may not begin here. */
const bitNumbers = [0, 1, 2, 2, 3, 3, 3, 3] as const;
const allowed = [true, true, true, false, true, false, false, false] as const;

function isSignByte(byte: number): boolean {
  return byte === 0 || byte === 0xff;
}

function x86(content: Buffer, start: number): void {
  let mask = 0;
  let before = -1;
  for (let at = 0; at < content.length - 4; ) {
    if (((content[at] ?? 0) & 0xfe) !== 0xe8) {
      at += 1;
      continue;
    }
    const distance = at - before;
    before = at;
    mask = distance > 3 ? 0 : (mask << (distance - 1)) & 7;
    const doubtful =
      mask !== 0 && (allowed[mask] !== true || isSignByte(content[at + 4 - (bitNumbers[mask] ?? 0)] ?? 0));
    if (doubtful || !isSignByte(content[at + 4] ?? 0)) {
      mask = ((mask << 1) & 7) | 1;
      at += 1;
      continue;
    }
    const target = x86Target(content.readUInt32LE(at + 1), start + at + 5, mask);
    content.writeUInt32LE(((target & 0x00ff_ffff) | ((target & 0x0100_0000) === 0 ? 0 : 0xff00_0000)) >>> 0, at + 1);
    at += 5;
  }
}

function x86Target(absolute: number, here: number, mask: number): number {
  let source = absolute;
  for (;;) {
    const target = (source - here) >>> 0;
    if (mask === 0) return target;
    const index = (bitNumbers[mask] ?? 0) * 8;
    if (!isSignByte((target >>> (24 - index)) & 0xff)) return target;
    source = (target ^ (2 ** (32 - index) - 1)) >>> 0;
  }
}

function powerPc(content: Buffer, start: number): void {
  for (let at = 0; at + 4 <= content.length; at += 4) {
    const word = content.readUInt32BE(at);
    if ((word & 0xfc00_0003) >>> 0 !== 0x4800_0001) continue;
    const target = ((word & 0x03ff_fffc) - (start + at)) & 0x03ff_fffc;
    content.writeUInt32BE((0x4800_0001 | target) >>> 0, at);
  }
}

const itaniumSlots = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 6, 6, 0, 0, 7, 7, 4, 4, 0, 0, 4, 4, 0, 0];

function itanium(content: Buffer, start: number): void {
  for (let at = 0; at + 16 <= content.length; at += 16) {
    const slots = itaniumSlots[(content[at] ?? 0) & 0x1f] ?? 0;
    for (let slot = 0; slot < 3; slot += 1)
      if (((slots >> slot) & 1) !== 0)
        itaniumSlot(content, at + ((5 + 41 * slot) >> 3), BigInt((5 + 41 * slot) & 7), start + at);
  }
}

function itaniumSlot(content: Buffer, place: number, shift: bigint, here: number): void {
  const whole = BigInt(content.readUIntLE(place, 6));
  let instruction = whole >> shift;
  if (((instruction >> 37n) & 0xfn) !== 5n || ((instruction >> 9n) & 7n) !== 0n) return;
  const source = Number(((instruction >> 13n) & 0xf_ffffn) | (((instruction >> 36n) & 1n) << 20n));
  const target = BigInt((((source << 4) - here) >>> 4) & 0x1f_ffff);
  instruction &= ~(0x8f_ffffn << 13n);
  instruction |= ((target & 0xf_ffffn) << 13n) | ((target & 0x10_0000n) << 16n);
  const changed = (whole & ((1n << shift) - 1n)) | (instruction << shift);
  content.writeUIntLE(Number(changed & 0xffff_ffff_ffffn), place, 6);
}

function arm(content: Buffer, start: number): void {
  for (let at = 0; at + 4 <= content.length; at += 4) {
    if (content[at + 3] !== 0xeb) continue;
    const source = content.readUIntLE(at, 3) << 2;
    content.writeUIntLE(((source - (start + at + 8)) >>> 2) & 0xff_ffff, at, 3);
  }
}

function armThumb(content: Buffer, start: number): void {
  for (let at = 0; at + 4 <= content.length; at += 2) {
    const [high, low] = [content.readUInt16LE(at), content.readUInt16LE(at + 2)];
    if ((high & 0xf800) !== 0xf000 || (low & 0xf800) !== 0xf800) continue;
    const source = (((high & 0x7ff) << 11) | (low & 0x7ff)) << 1;
    const target = (source - (start + at + 4)) >>> 1;
    content.writeUInt16LE(0xf000 | ((target >>> 11) & 0x7ff), at);
    content.writeUInt16LE(0xf800 | (target & 0x7ff), at + 2);
    at += 2;
  }
}

function sparc(content: Buffer, start: number): void {
  for (let at = 0; at + 4 <= content.length; at += 4) {
    const word = content.readUInt32BE(at);
    const high = word >>> 22;
    if (high !== 0x100 && high !== 0x1ff) continue;
    const target = ((word << 2) - (start + at)) >>> 2;
    const sign = ((target >>> 22) & 1) === 0 ? 0 : 0x3fc0_0000;
    content.writeUInt32BE((0x4000_0000 | sign | (target & 0x3f_ffff)) >>> 0, at);
  }
}

function arm64(content: Buffer, start: number): void {
  for (let at = 0; at + 4 <= content.length; at += 4) {
    const word = content.readUInt32LE(at);
    const here = (start + at) >>> 0;
    if (word >>> 26 === 0x25) {
      content.writeUInt32LE((0x9400_0000 | ((word - (here >>> 2)) & 0x03ff_ffff)) >>> 0, at);
    } else if ((word & 0x9f00_0000) >>> 0 === 0x9000_0000) {
      const source = ((word >>> 29) & 3) | ((word >>> 3) & 0x1f_fffc);
      if (((source + 0x2_0000) & 0x1c_0000) !== 0) continue;
      const target = (source - (here >>> 12)) | 0;
      const sign = (target & 0x2_0000) === 0 ? 0 : 0x00e0_0000;
      content.writeUInt32LE(
        ((word & 0x9000_001f) | ((target & 3) << 29) | ((target & 0x3_fffc) << 3) | sign) >>> 0,
        at,
      );
    }
  }
}

/** Each byte is kept as the difference to the one `distance` before. */
function undoDelta(content: Buffer, distance: number): void {
  for (let at = distance; at < content.length; at += 1)
    content[at] = ((content[at] ?? 0) + (content[at - distance] ?? 0)) & 0xff;
}

/** By the filter ids of xz, which 7z uses as well. */
const branchFilters: ReadonlyMap<number, BranchFilter> = new Map([
  [4, x86],
  [5, powerPc],
  [6, itanium],
  [7, arm],
  [8, armThumb],
  [9, sparc],
  [10, arm64],
  [11, undoRiscv],
]);

const DELTA = 3;

export function isKnownFilter(id: number): boolean {
  return id === DELTA || branchFilters.has(id);
}

/** Undoes the filter of this id in place. @param properties as the container keeps them */
export function undoFilter(id: number, properties: Buffer, content: Buffer): void {
  if (id === DELTA) undoDelta(content, (properties[0] ?? 0) + 1);
  else branchFilters.get(id)?.(content, properties.length >= 4 ? properties.readUInt32LE() : 0);
}
