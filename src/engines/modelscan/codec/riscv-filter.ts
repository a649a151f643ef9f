/**
 * Undoes the filter for RISC-V code (xz-file-format 5.3.2, filter 0x0B; described in liblzma/simple/riscv.c). Besides
 * jumps it moves pairs of AUIPC and the instruction that uses its register into a form of their own, marked by a
 * register that no program uses there.
 */

const JAL = 0xef;
const AUIPC = 0x17;
const OPCODE = 0x7f;
/** AUIPC for register 2, and behind it the two bits that every instruction of 32 bits ends with. */
const MARKED_PAIR = 0x3117;

export function undoRiscv(content: Buffer, start: number): void {
  for (let at = 0; at + 8 <= content.length; at += 2) at += stepAt(content, at, start + at);
}

/** Bytes to pass over besides the two that every step takes. */
function stepAt(content: Buffer, at: number, here: number): number {
  const opcode = content[at] ?? 0;
  if (opcode === JAL) return undoJump(content, at, here);
  return (opcode & OPCODE) === AUIPC ? undoPair(content, at, here) : 0;
}

/** Only calls are filtered: those that keep the way back in register 1 or 5. */
function undoJump(content: Buffer, at: number, here: number): number {
  const first = content[at + 1] ?? 0;
  if ((first & 0x0d) !== 0) return 0;
  const target = ((first & 0xf0) << 13) | ((content[at + 2] ?? 0) << 9) | ((content[at + 3] ?? 0) << 1);
  const distance = (target - here) | 0;
  content[at + 1] = (first & 0x0f) | ((distance >>> 8) & 0xf0);
  content[at + 2] = ((distance >>> 16) & 0x0f) | ((distance >>> 7) & 0x10) | ((distance << 4) & 0xe0);
  content[at + 3] = ((distance >>> 4) & 0x7f) | ((distance >>> 13) & 0x80);
  return 2;
}

function undoPair(content: Buffer, at: number, here: number): number {
  const word = content.readUInt32LE(at);
  const register = (word >>> 7) & 0x1f;
  if (register !== 0 && register !== 2) return undoImitation(content, at, { word, register });
  const user = word >>> 27;
  if ((word & 0x3fff) !== MARKED_PAIR || (user & 0x1d) === 0) return 2;
  const distance = (content.readUInt32BE(at + 4) - here) >>> 0;
  content.writeUInt32LE((AUIPC | (user << 7) | ((distance + 0x800) & 0xffff_f000)) >>> 0, at);
  content.writeUInt32LE(((word >>> 12) | (distance << 20)) >>> 0, at + 4);
  return 6;
}

/** An ordinary pair in filtered code stood for one that looked like the marked form already. */
function undoImitation(
  content: Buffer,
  at: number,
  { word, register }: { readonly word: number; readonly register: number },
): number {
  const user = content.readUInt32LE(at + 4);
  if (((user >>> 15) & 0x1f) !== register || (user & 3) !== 3) return 4;
  content.writeUInt32LE((AUIPC | (2 << 7) | (user << 12)) >>> 0, at);
  content.writeUInt32LE(((word & 0xffff_f000) + (user >>> 20)) >>> 0, at + 4);
  return 6;
}
