/** Whether the members fill the archive from its first byte to its directory, once each. */
import { type ByteSource, sliceSource } from '../byte-source.ts';
import { foldName } from '../container/member-name.ts';
import type { MemberScanner } from '../container/member-scanner.ts';
import type { Scope } from '../scope.ts';
import type { ZipDirectory } from './directory.ts';
import { descriptorLength, disagreements } from './local-header.ts';
import { FLAG_DESCRIPTOR } from './zip-entry.ts';
import type { ZipMember } from './zip-member.ts';

/** The end record without its comment. */
const END_LENGTH = 22;

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Reports gaps and overlaps and gives the gaps. @param first where the members have to begin. */
export function checkLayout(
  scope: Scope,
  source: ByteSource,
  members: readonly ZipMember[],
  { directory, first }: { readonly directory: ZipDirectory; readonly first: number },
): ByteRange[] {
  const gaps: ByteRange[] = [];
  const ordered = members.toSorted((left, right) => left.entry.headerOffset - right.entry.headerOffset);
  let reached = first;
  for (const member of [...ordered, undefined]) {
    const start = member?.entry.headerOffset ?? directory.start;
    if (start < reached) scope.report('zip-overlap', { offset: start, evidence: member?.entry.name ?? 'directory' });
    if (start > reached) gaps.push({ start: reached, end: start });
    if (member !== undefined) reached = Math.max(reached, memberEnd(scope, source, member));
  }
  const end = directory.endOffset + END_LENGTH + directory.commentLength;
  if (end < source.size) gaps.push({ start: end, end: source.size });
  if (end > source.size)
    scope.report('zip-headers-disagree', { offset: directory.endOffset, evidence: 'comment length' });
  for (const gap of gaps) {
    scope.report('archive-unexplained-bytes', {
      offset: gap.start,
      evidence: `${gap.end - gap.start} bytes at ${gap.start}`,
    });
  }
  return gaps;
}

function memberEnd(scope: Scope, source: ByteSource, { entry, local }: ZipMember): number {
  if (local === undefined) return entry.headerOffset;
  const dataEnd = local.dataOffset + entry.compressedSize;
  if (((entry.flags | local.entry.flags) & FLAG_DESCRIPTOR) === 0) return dataEnd;
  const descriptor = descriptorLength(source, dataEnd, entry);
  if (descriptor === undefined)
    scope.report('zip-headers-disagree', { offset: dataEnd, evidence: `${entry.name}: descriptor` });
  return dataEnd + (descriptor ?? 0);
}

export function checkHeaders(scope: Scope, members: readonly ZipMember[]): void {
  for (const { entry, local } of members) {
    if (local === undefined) {
      scope.report('zip-broken', { offset: entry.headerOffset, evidence: `${entry.name}: no local header` });
      continue;
    }
    for (const field of disagreements(entry, local.entry)) {
      scope.report('zip-headers-disagree', { offset: entry.headerOffset, evidence: `${entry.name}: ${field}` });
    }
  }
}

export function checkDuplicates(scope: Scope, members: readonly ZipMember[]): void {
  const seen = new Set<string>();
  for (const { entry } of members) {
    const name = foldName(entry.name);
    if (seen.has(name)) scope.report('archive-duplicate-member', { offset: entry.headerOffset, evidence: entry.name });
    seen.add(name);
  }
}

/** A comment is a note for people; it may be read as anything by whoever knows that it is there. */
export async function scanComment(
  scope: Scope,
  source: ByteSource,
  { endOffset, commentLength }: ZipDirectory,
  scan: MemberScanner,
): Promise<void> {
  if (commentLength === 0) return;
  await scan(scope.enter('comment.txt'), sliceSource(source, endOffset + END_LENGTH, commentLength));
}

/** What lies between members may be another file, or a member that the directory hides. */
export async function scanGaps(
  scope: Scope,
  source: ByteSource,
  gaps: readonly ByteRange[],
  scan: MemberScanner,
): Promise<void> {
  for (const { start, end } of gaps) await scan(scope.enter(`@${start}`), sliceSource(source, start, end - start));
}
