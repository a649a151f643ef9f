/** CRC-32 with the highest bit first, as bzip2 takes it. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 0x8000_0000) === 0 ? value << 1 : (value << 1) ^ 0x04c1_1db7;
  return value >>> 0;
});

export function bzip2Crc(content: Buffer): number {
  let sum = 0xffff_ffff;
  for (const byte of content) sum = (sum << 8) ^ (table[(sum >>> 24) ^ byte] ?? 0);
  return ~sum >>> 0;
}
