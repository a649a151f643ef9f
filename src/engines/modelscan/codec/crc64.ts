/** CRC-64 of xz (ECMA-182, reflected), in two halves of 32 bits. */
const POLYNOMIAL_HIGH = 0xc96c_5795;
const POLYNOMIAL_LOW = 0xd787_0f42;

const high = new Uint32Array(256);
const low = new Uint32Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  let [upper, lower] = [0, byte];
  for (let bit = 0; bit < 8; bit += 1) {
    const carry = lower & 1;
    lower = ((lower >>> 1) | (upper << 31)) >>> 0;
    upper >>>= 1;
    if (carry === 0) continue;
    upper = (upper ^ POLYNOMIAL_HIGH) >>> 0;
    lower = (lower ^ POLYNOMIAL_LOW) >>> 0;
  }
  high[byte] = upper;
  low[byte] = lower;
}

/** Eight bytes, least significant first. */
export function crc64(content: Buffer): Buffer {
  let upper = 0xffff_ffff;
  let lower = 0xffff_ffff;
  for (const byte of content) {
    const index = (lower ^ byte) & 0xff;
    lower = ((lower >>> 8) | (upper << 24)) ^ (low[index] ?? 0);
    upper = (upper >>> 8) ^ (high[index] ?? 0);
  }
  const sum = Buffer.alloc(8);
  sum.writeUInt32LE(~lower >>> 0, 0);
  sum.writeUInt32LE(~upper >>> 0, 4);
  return sum;
}
