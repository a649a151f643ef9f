/**
 * Baseline JPEG of flat 8×8 tiles: only the DC coefficient of each block is coded, every AC run is one end-of-block.
 * (ITU-T T.81; tables K.3 for DC; the AC table holds the single symbol EOB.)
 */
import type { Painting } from './painting.ts';

const dcCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const dcSymbols = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const quantiser = 8;

export function encodeJpeg(painting: Painting): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(painting.height, 0);
  size.writeUInt16BE(painting.width, 2);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => quantiser)]),
    segment(0xc0, [8, ...size, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
    segment(0xc4, [0x00, ...dcCounts, ...dcSymbols]),
    segment(0xc4, [0x10, 1, ...Array.from({ length: 15 }, () => 0), 0]),
    segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
    scan(painting),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function scan(painting: Painting): Buffer {
  const codes = huffmanCodes();
  const bits = createBitWriter();
  const previous = [0, 0, 0];
  for (let y = 0; y < painting.height; y += 8) {
    for (let x = 0; x < painting.width; x += 8) {
      toYcc(painting.colourAt(x, y)).forEach((value, channel) => {
        // DC = 8 × (mean − 128) / quantiser; with a quantiser of 8 that is the level-shifted value itself.
        const level = Math.round(value - 128);
        const difference = level - (previous[channel] ?? 0);
        previous[channel] = level;
        const length = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
        const code = codes[length];
        if (code === undefined) throw new RangeError(`no DC code for ${difference}`);
        bits.write(code.bits, code.length);
        bits.write(difference < 0 ? difference + 2 ** length - 1 : difference, length);
        bits.write(0, 1);
      });
    }
  }
  return bits.end();
}

function toYcc([red, green, blue]: readonly [number, number, number]): number[] {
  return [
    0.299 * red + 0.587 * green + 0.114 * blue,
    128 - 0.168_736 * red - 0.331_264 * green + 0.5 * blue,
    128 + 0.5 * red - 0.418_688 * green - 0.081_312 * blue,
  ];
}

function huffmanCodes(): { bits: number; length: number }[] {
  const codes: { bits: number; length: number }[] = [];
  let bits = 0;
  dcCounts.forEach((count, index) => {
    for (let n = 0; n < count; n += 1) {
      codes.push({ bits, length: index + 1 });
      bits += 1;
    }
    bits <<= 1;
  });
  return codes;
}

function createBitWriter(): { write(value: number, length: number): void; end(): Buffer } {
  const bytes: number[] = [];
  let pending = 0;
  let filled = 0;
  function write(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit -= 1) {
      pending = (pending << 1) | ((value >> bit) & 1);
      filled += 1;
      if (filled < 8) continue;
      bytes.push(pending);
      if (pending === 0xff) bytes.push(0);
      pending = 0;
      filled = 0;
    }
  }
  return {
    write,
    end() {
      while (filled !== 0) write(1, 1);
      return Buffer.from(bytes);
    },
  };
}

function segment(marker: number, payload: readonly number[]): Buffer {
  const length = payload.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 0xff, ...payload]);
}
