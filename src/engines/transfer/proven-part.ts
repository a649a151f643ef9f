/** What a `.part` left by an earlier run is worth. */
import { type BlockRecord, blockLogPath, readBlockLog, type StoredBlockLog } from './blocks/block-log.ts';
import { checkBlocks } from './blocks/check-blocks.ts';
import { type ByteRange, ByteRanges } from './byte-ranges.ts';
import type { Entity } from './entity.ts';
import type { ExpectedHashes } from './file-hashes.ts';
import { type Journal, readJournal } from './journal.ts';

export interface ProvenPart {
  readonly origin: string;
  /** Without validators where a published SHA-256 vouches for the bytes: they may be gone on with at any source. */
  readonly entity: Entity;
  readonly segments: readonly ByteRange[];
  /** Those of them that are known to have reached the disk. */
  readonly synced: readonly ByteRange[];
  /** The log that belongs to the part, if it has one. */
  readonly log: StoredBlockLog | undefined;
}

export interface ProofOptions {
  readonly journal: Journal;
  readonly expected: ExpectedHashes;
  readonly signal: AbortSignal;
}

/**
 * The journal is believed if the bytes it names exist and it was written for the same published hashes. What only the
 * block log knows – written after the last checkpoint – counts where the bytes on disk still agree with it.
 */
export async function provePart(
  partPath: string,
  partSize: number,
  { journal, expected, signal }: ProofOptions,
): Promise<ProvenPart | undefined> {
  if (!isPlausible(journal, partSize, expected)) return undefined;
  const log = await ownLog(partPath, journal);
  const ranges = new ByteRanges(journal.segments);
  const unsynced = (log?.records ?? []).filter((record) => !covers(ranges, record));
  const { intact } = await checkBlocks(partPath, unsynced, signal);
  for (const [start, end] of intact) if (end <= (journal.totalBytes ?? 0)) ranges.add(start, end);
  if (ranges.size === 0) return undefined;
  return {
    origin: journal.origin,
    entity: { totalBytes: journal.totalBytes, validators: isVouchedFor(journal, expected) ? {} : journal.validators },
    segments: ranges.toArray(),
    synced: journal.segments,
    log,
  };
}

/** What was noted when the part's bytes arrived. */
export async function recordsOf(partPath: string): Promise<readonly BlockRecord[]> {
  const journal = await readJournal(journalPath(partPath));
  return (journal && (await ownLog(partPath, journal))?.records) ?? [];
}

export function journalPath(partPath: string): string {
  return `${partPath}.json`;
}

async function ownLog(partPath: string, journal: Journal): Promise<StoredBlockLog | undefined> {
  const log = journal.blockLog && (await readBlockLog(blockLogPath(partPath)));
  return log?.id === journal.blockLog?.id ? log : undefined;
}

function isPlausible(journal: Journal, partSize: number, expected: ExpectedHashes): boolean {
  const { totalBytes, segments } = journal;
  if (totalBytes === undefined) return false;
  const end = segments.reduce((max, range) => Math.max(max, range[1]), 0);
  const inOrder = segments.every(([start, stop]) => start < stop);
  const sameFile = Object.entries(expected).every(
    ([name, value]) => value === undefined || (journal.expected[name] ?? value) === value,
  );
  return inOrder && sameFile && end <= partSize && end <= totalBytes;
}

/** Begun for the whole-file SHA-256 that is expected now, which judges the joined file in the end. */
function isVouchedFor(journal: Journal, { SHA256 }: ExpectedHashes): boolean {
  return SHA256 !== undefined && journal.expected['SHA256'] === SHA256;
}

function covers(ranges: ByteRanges, { start, length }: BlockRecord): boolean {
  return ranges.toArray().some(([from, to]) => from <= start && start + length <= to);
}
