/** Zip archives: what each reader would find in them, and every member judged (scan-rules §4, §5). */
import { type ByteSource, sliceSource } from '../byte-source.ts';
import { judgeLink, judgeMemberName } from '../container/member-name.ts';
import type { MemberScanner } from '../container/member-scanner.ts';
import type { Format } from '../format.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { isTorchRecord, scanTorchRecords } from '../torch/torch-zip.ts';
import { findDirectories, readDirectory, type ZipDirectory } from './directory.ts';
import { type LocalMember, readLocalHeader } from './local-header.ts';
import type { ZipEntry } from './zip-entry.ts';
import { checkDuplicates, checkHeaders, checkLayout, scanComment, scanGaps } from './zip-layout.ts';
import { enterMember, isEncrypted, localReading, openMember, type ZipMember } from './zip-member.ts';

export interface ZipPlace {
  /** What stands before the first member belongs to another format that was looked at. */
  readonly afterPrefix?: boolean;
}

export async function scanZip(
  scope: Scope,
  source: ByteSource,
  scan: MemberScanner,
  { afterPrefix = false }: ZipPlace = {},
): Promise<Format> {
  const [directory, ...others] = findDirectories(source);
  if (directory === undefined) {
    scope.report('zip-broken', { evidence: 'no directory' });
    await scanMembers(scope, source, walkLocalHeaders(scope, source), scan);
    return 'zip';
  }
  const members = membersOf(scope, source, directory);
  checkDirectory(scope, directory, members);
  checkHeaders(scope, members);
  checkDuplicates(scope, members);
  const first = afterPrefix ? Math.min(...members.map(({ entry }) => entry.headerOffset)) : 0;
  const gaps = checkLayout(scope, source, members, { directory, first });
  checkBombs(scope, source, members);
  for (const { entry } of members) judgeMemberName(scope, entry.name, entry.headerOffset);
  await scanMembers(scope, source, members, scan);
  for (const hidden of otherReadings(scope, source, directory, outside(others, members)))
    await scanMembers(scope, source, hidden, scan);
  await scanGaps(scope, source, gaps, scan);
  await scanComment(scope, source, directory, scan);
  return kindOf(scope, members);
}

/** What the members make of the archive, for the loaders that expect it under some name. */
function kindOf(scope: Scope, members: readonly ZipMember[]): Format {
  const names = members.map(({ entry }) => entry.name);
  if (names.some(isTorchRecord)) return 'torch-zip';
  const arrays = names.filter((name) => name.endsWith('.npy'));
  if (arrays.length === 0) return 'zip';
  if (arrays.length < names.length)
    scope.report('npz-member', { evidence: names.find((name) => !name.endsWith('.npy')) ?? '' });
  return 'npz';
}

function membersOf(scope: Scope, source: ByteSource, directory: ZipDirectory, start = directory.start): ZipMember[] {
  const { context } = scope;
  const entries = readDirectory(source, directory, start, context.limits.archiveEntries - context.entries);
  context.entries += entries.length;
  return entries.map((entry) => ({ entry, local: readLocalHeader(source, entry.headerOffset) }));
}

function checkDirectory(scope: Scope, directory: ZipDirectory, members: readonly ZipMember[]): void {
  const { count, contradiction, manyDisks, endOffset: offset } = directory;
  if (manyDisks) scope.report('zip-broken', { offset, evidence: 'several disks' });
  if (contradiction !== undefined) scope.report('zip-headers-disagree', { offset, evidence: `zip64 ${contradiction}` });
  if (members.length !== count)
    scope.report('zip-headers-disagree', { offset, evidence: `count ${count}, ${members.length} found` });
}

/** The end records that are not simply those of an archive stored as a member. */
function outside(directories: readonly ZipDirectory[], members: readonly ZipMember[]): ZipDirectory[] {
  return directories.filter(
    ({ endOffset }) =>
      !members.some(({ entry, local }) => {
        const start = local?.dataOffset ?? entry.headerOffset;
        return endOffset >= start && endOffset < start + entry.compressedSize;
      }),
  );
}

/** Members that readers would find who take another end record, or the directory offset as it is written. */
function otherReadings(
  scope: Scope,
  source: ByteSource,
  directory: ZipDirectory,
  others: readonly ZipDirectory[],
): ZipMember[][] {
  const readings = others.map((other) => membersOf(scope, source, other));
  if (directory.writtenStart !== directory.start) {
    readings.push(membersOf(scope, source, directory, directory.writtenStart));
    scope.report('zip-headers-disagree', {
      offset: directory.endOffset,
      evidence: `directory offset ${directory.writtenStart}`,
    });
  }
  if (others.length > 0) scope.report('zip-headers-disagree', { evidence: `${others.length + 1} directories` });
  return readings;
}

function checkBombs(scope: Scope, source: ByteSource, members: readonly ZipMember[]): void {
  const { limits } = scope.context;
  const total = members.reduce((sum, { entry }) => sum + entry.size, 0);
  if (total > 4 * source.size + limits.inflatedSlack)
    scope.report('archive-bomb', { evidence: `${total} bytes announced` });
  for (const { entry } of members) {
    if (entry.size > limits.ratioFloor && entry.size > limits.ratio * entry.compressedSize) {
      scope.report('archive-bomb', { offset: entry.headerOffset, evidence: entry.name });
    }
  }
}

/** Members by their local headers alone, as a streaming reader finds them; for archives without a directory. */
function walkLocalHeaders(scope: Scope, source: ByteSource): ZipMember[] {
  const members: ZipMember[] = [];
  let local: LocalMember | undefined = readLocalHeader(source, 0);
  while (local !== undefined) {
    scope.context.entries += 1;
    if (scope.context.entries > scope.context.limits.archiveEntries) throw new ScanStop('archive-entries', {});
    const rest = source.size - local.dataOffset;
    const unknownEnd = local.entry.compressedSize === 0 && local.entry.method !== 0;
    const entry: ZipEntry = unknownEnd ? { ...local.entry, compressedSize: rest } : local.entry;
    members.push({ entry, local });
    local = readLocalHeader(source, local.dataOffset + entry.compressedSize);
  }
  return members;
}

async function scanMembers(
  scope: Scope,
  source: ByteSource,
  members: readonly ZipMember[],
  scan: MemberScanner,
): Promise<void> {
  const files = members.filter(
    ({ entry }) => !(entry.name.endsWith('/') && entry.size === 0 && entry.compressedSize === 0),
  );
  for (const { entry } of files.filter(isEncrypted))
    scope.enter(entry.name).report('archive-encrypted', { evidence: entry.name });
  const done = await scanTorchRecords(scope, source, files, scan);
  for (const member of files.filter((file) => !done.has(file))) {
    if (scope.context.needsBreath()) await scope.context.breathe();
    await scanReadings(scope, source, member, scan);
  }
}

async function scanReadings(scope: Scope, source: ByteSource, member: ZipMember, scan: MemberScanner): Promise<void> {
  for (const reading of [member, localReading(member)]) {
    if (reading === undefined) continue;
    const inner = enterMember(scope, reading);
    const content = await openMember(inner, source, reading);
    if (content === undefined) continue;
    if (isSpecial(scope, reading.entry, content)) continue;
    await scan(inner, content);
  }
}

const FILE_TYPE = 0o170_000;
const REGULAR = 0o100_000;
const DIRECTORY = 0o040_000;
const SYMBOLIC_LINK = 0o120_000;

/** Links and devices are judged here and hold nothing to scan. */
function isSpecial(scope: Scope, entry: ZipEntry, content: ByteSource): boolean {
  const type = entry.unixMode & FILE_TYPE;
  if (type === 0 || type === REGULAR || type === DIRECTORY) return false;
  if (type === SYMBOLIC_LINK) {
    judgeLink(scope, entry.name, sliceSource(content, 0, 4096).read(0, 4096).toString('utf8'));
    return content.size <= 4096;
  }
  scope.report('archive-device', { offset: entry.headerOffset, evidence: entry.name });
  return false;
}
