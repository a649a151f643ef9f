/** tar (POSIX ustar, pax, GNU long names): one block read a member, every member judged. */
import { type ByteSource, sliceSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { scanTarRecord } from '../torch/tar-records.ts';
import { foldName, judgeLink, judgeMemberName } from './member-name.ts';
import type { MemberScanner } from './member-scanner.ts';

const BLOCK = 512;
const EMPTY = Buffer.alloc(BLOCK);
const LONG_NAME_LIMIT = 64 * 1024;
const END_LOOKED_AT = 64 * 1024;

interface TarHeader {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly link: string;
}

/** Whether the first block is a tar header: its checksum holds. */
export function isTar(source: ByteSource): boolean {
  const block = source.read(0, BLOCK);
  return block.length === BLOCK && checksumHolds(block) && block.some((byte) => byte !== 0);
}

export async function scanTar(scope: Scope, source: ByteSource, scan: MemberScanner): Promise<void> {
  const seen = new Set<string>();
  let pending: { name?: string; link?: string; size?: number } = {};
  let offset = 0;
  for (;;) {
    if (scope.context.needsBreath()) await scope.context.breathe();
    const block = source.read(offset, BLOCK);
    if (block.length < BLOCK) throw new ScanStop('tar-broken', { offset, evidence: 'no end of archive' });
    if (block.equals(EMPTY)) break;
    const header = readHeader(block, offset);
    const size = pending.size ?? header.size;
    const dataOffset = offset + BLOCK;
    if (size > source.size - dataOffset)
      throw new ScanStop('tar-broken', { offset, evidence: `${header.name}: ${size} bytes` });
    offset = dataOffset + Math.ceil(size / BLOCK) * BLOCK;
    countEntry(scope);
    const extension = readExtension(header, sliceSource(source, dataOffset, size));
    if (extension !== undefined) {
      Object.assign(pending, extension);
      continue;
    }
    const name = pending.name ?? header.name;
    const member = { ...header, name, link: pending.link ?? header.link };
    pending = {};
    if (seen.has(foldName(name)))
      scope.report('archive-duplicate-member', { offset: dataOffset - BLOCK, evidence: name });
    seen.add(foldName(name));
    await judgeMember(scope, member, sliceSource(source, dataOffset, size), scan);
  }
  await scanEnd(scope, source, offset, scan);
}

function countEntry(scope: Scope): void {
  scope.context.entries += 1;
  const { archiveEntries } = scope.context.limits;
  if (scope.context.entries > archiveEntries)
    throw new ScanStop('archive-entries', { evidence: `> ${archiveEntries}` });
}

async function judgeMember(scope: Scope, header: TarHeader, content: ByteSource, scan: MemberScanner): Promise<void> {
  judgeMemberName(scope, header.name, 0);
  switch (header.type) {
    case '5':
      return;
    case '1':
    case '2':
      judgeLink(scope, header.type === '2' ? header.name : '', header.link);
      return;
    case '3':
    case '4':
    case '6':
      scope.report('archive-device', { evidence: header.name });
      return;
    case '0':
    case '\0':
    case '7':
      if (!(await scanTarRecord(scope.enter(header.name), content))) await scan(scope.enter(header.name), content);
      return;
    default:
      scope.report('archive-codec', { evidence: `${header.name}: type ${header.type}` });
      await scan(scope.enter(header.name), content);
  }
}

/** Only zeros may follow the end mark; some readers go on behind it. */
async function scanEnd(scope: Scope, source: ByteSource, offset: number, scan: MemberScanner): Promise<void> {
  const rest = source.read(offset, END_LOOKED_AT);
  const other = rest.findIndex((byte) => byte !== 0);
  if (other < 0 && offset + rest.length >= source.size) return;
  const start = offset + Math.max(other, 0);
  scope.report('archive-unexplained-bytes', { offset: start, evidence: 'after the end of the archive' });
  await scan(scope.enter(`@${start}`), sliceSource(source, start, source.size - start));
}

function readHeader(block: Buffer, offset: number): TarHeader {
  if (!checksumHolds(block)) throw new ScanStop('tar-broken', { offset, evidence: 'checksum' });
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? field(block, 345, 155) : '';
  const name = field(block, 0, 100);
  const size = readNumber(block.subarray(124, 136));
  if (size === undefined) throw new ScanStop('tar-broken', { offset, evidence: 'size' });
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size,
    type: block.toString('latin1', 156, 157),
    link: field(block, 157, 100),
  };
}

function field(block: Buffer, start: number, length: number): string {
  const content = block.subarray(start, start + length);
  const end = content.indexOf(0);
  return content.subarray(0, end < 0 ? length : end).toString('utf8');
}

/** Octal digits, or base 256 where the first bit is set (GNU). */
function readNumber(content: Buffer): number | undefined {
  if (((content[0] ?? 0) & 0x80) !== 0) {
    const value = BigInt(`0x${content.toString('hex')}`) & ((1n << 95n) - 1n);
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
  }
  const digits = content.toString('latin1').replaceAll('\0', ' ').trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits === '' ? '0' : digits, 8) : undefined;
}

function checksumHolds(block: Buffer): boolean {
  const stated = readNumber(block.subarray(148, 156));
  if (stated === undefined) return false;
  // The field itself counts as eight spaces.
  let sum = 8 * 32;
  let high = 0;
  for (let index = 0; index < BLOCK; index += 1) {
    const byte = index >= 148 && index < 156 ? 0 : (block[index] ?? 0);
    sum += byte;
    if (byte > 0x7f) high += 1;
  }
  // Early writers summed the bytes as signed ones, and readers take both.
  return stated === sum || stated === sum - 0x100 * high;
}

/** What a pax or GNU header says about the member behind it; undefined for ordinary members. */
function readExtension(
  header: TarHeader,
  content: ByteSource,
): { name?: string; link?: string; size?: number } | undefined {
  if (!['x', 'g', 'L', 'K'].includes(header.type)) return undefined;
  const text = content.read(0, LONG_NAME_LIMIT).toString('utf8');
  if (header.type === 'L') return { name: text.replace(/\0[\s\S]*$/, '') };
  if (header.type === 'K') return { link: text.replace(/\0[\s\S]*$/, '') };
  // Wherever they stand: by its lengths, a reader may find the next record in the middle of a line.
  const found = text.matchAll(/\d (path|linkpath|size|GNU\.sparse\.name)=(.*)/g);
  const records = new Map([...found].map((match) => [match[1], match[2]]));
  const size = records.get('size');
  const name = records.get('GNU.sparse.name') ?? records.get('path');
  return {
    ...(name === undefined ? {} : { name }),
    ...(records.get('linkpath') === undefined ? {} : { link: records.get('linkpath') ?? '' }),
    ...(size === undefined || !/^\d{1,15}$/.test(size) ? {} : { size: Number(size) }),
  };
}
