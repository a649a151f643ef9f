/** How well contents are protected, from the records alone: media that are away count as well. */
import type { Sha256 } from '#kernel/brands';
import type { Database } from '#platform/db';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findContents } from '../../store/content-store.ts';
import { isOutOfUse } from '../register/carrier.ts';
import { type CopyFacts, loadFacts } from '../verdict/job-facts.ts';

export interface ProtectedBy {
  readonly job: string;
  readonly copy: string;
  readonly site: string;
  readonly media: string;
  readonly connectivity: 'online' | 'offline';
  /** A snapshot of that copy that holds the content. */
  readonly snapshot: string;
  /** When these very bytes were last read back and found right; null when never, or when the copy is known to be damaged. */
  readonly verifiedAt: string | null;
}

/** For each of the contents the copies that hold it; copies that are lost or out of use are left out. */
export async function protectionOf(
  database: Database,
  sha256s: readonly Sha256[],
): Promise<ReadonlyMap<Sha256, readonly ProtectedBy[]>> {
  const reads = database.tables<BackupsTables>();
  const jobs = await loadFacts(reads);
  const copies = new Map(jobs.flatMap((job) => job.copies.map((facts) => [facts.copy.id, facts] as const)));
  const places = (await findContents(reads, sha256s)).flatMap(({ sha256, copyId, snapshot, verifiedAt }) => {
    const facts = copies.get(copyId);
    if (facts === undefined || isOutOfUse(facts.copy)) return [];
    return [{ sha256, by: protectedBy(facts, snapshot, verifiedAt) }];
  });
  const byContent = Map.groupBy(places, ({ sha256 }) => sha256);
  return new Map(sha256s.map((sha256) => [sha256, (byContent.get(sha256) ?? []).map(({ by }) => by)]));
}

function protectedBy({ copy, proof }: CopyFacts, snapshot: string, verifiedAt: string | null): ProtectedBy {
  const { job, name, site, media, connectivity } = copy;
  const sound = proof?.passed === true;
  return { job, copy: name, site, media, connectivity, snapshot, verifiedAt: sound ? verifiedAt : null };
}
