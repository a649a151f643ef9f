/** What reports show as evidence of controls, counted over a time. */
import type { ReadTables } from '#platform/db';

import type { BackupsTables } from '../backups-tables.ts';
import type { MediaTables } from '../media/media-tables.ts';
import type { TimeSpan } from './figures-store.ts';

type Reads = ReadTables<BackupsTables>;
type Media = ReadTables<MediaTables>;

/** Noticed in the time, the newest first; those that came late say when. */
export async function findMissedRuns(reads: Reads, { since, until, job }: TimeSpan, limit: number) {
  return await missed(reads, { since, until, job })
    .select(['backup_jobs.title', 'backup_copies.name as copy'])
    .select(['due_at as dueAt', 'missed_at as missedAt', 'arrived_at as arrivedAt'])
    .orderBy('missed_at', 'desc')
    .limit(limit)
    .execute();
}

export async function countMissedRuns(reads: Reads, span: TimeSpan): Promise<number> {
  const { runs } = await missed(reads, span)
    .select(({ fn }) => fn.countAll<number | string>().as('runs'))
    .executeTakeFirstOrThrow();
  return Number(runs);
}

function missed(reads: Reads, { since, until, job }: TimeSpan) {
  return reads
    .selectFrom('backup_missed_runs')
    .innerJoin('backup_copies', 'backup_copies.id', 'backup_missed_runs.copy_id')
    .innerJoin('backup_jobs', 'backup_jobs.key', 'backup_copies.job_key')
    .where('missed_at', '>=', since)
    .where('missed_at', '<', until)
    .$if(job !== undefined, (query) => query.where('backup_jobs.key', '=', job ?? ''));
}

/** By kind and result. */
export async function countDrillsByKind(reads: Reads, { since, until }: TimeSpan) {
  const rows = await reads
    .selectFrom('backup_drills')
    .where('started_at', '>=', since)
    .where('started_at', '<', until)
    .select(['kind', 'result', ({ fn }) => fn.countAll<number | string>().as('drills')])
    .groupBy(['kind', 'result'])
    .execute();
  return rows.map((row) => ({ ...row, drills: Number(row.drills) }));
}

/** Signed drill records of the time with what belongs to them, oldest first; contents are read one by one. */
export async function findDrillRecords(reads: Reads, { since, until }: TimeSpan) {
  return await reads
    .selectFrom('backup_drill_revisions')
    .innerJoin('backup_drills', 'backup_drills.id', 'backup_drill_revisions.drill_id')
    .where('backup_drills.started_at', '>=', since)
    .where('backup_drills.started_at', '<', until)
    .select(['backup_drills.id', 'revision', 'document', 'sha256', 'key_id as keyId'])
    .select(['public_key as publicKey', 'signature'])
    .orderBy('backup_drills.position')
    .orderBy('revision')
    .execute();
}

/** What was attached to drills of the time. */
export async function findAttachments(reads: Reads, { since, until }: TimeSpan) {
  return await reads
    .selectFrom('backup_drill_evidence')
    .innerJoin('backup_drills', 'backup_drills.id', 'backup_drill_evidence.drill_id')
    .where('backup_drills.started_at', '>=', since)
    .where('backup_drills.started_at', '<', until)
    .select(['drill_id as drill', 'backup_drill_evidence.id', 'name', 'size'])
    .orderBy('backup_drills.position')
    .orderBy('backup_drill_evidence.id')
    .execute();
}

/** Opened and closed in the time. */
export async function countTickets(reads: Reads, { since, until }: TimeSpan) {
  const tickets = reads.selectFrom('backup_tickets').select(({ fn }) => fn.countAll<number | string>().as('tickets'));
  const opened = tickets.where('opened_at', '>=', since).where('opened_at', '<', until);
  const closed = tickets.where('closed_at', '>=', since).where('closed_at', '<', until);
  return {
    opened: Number((await opened.executeTakeFirstOrThrow()).tickets),
    closed: Number((await closed.executeTakeFirstOrThrow()).tickets),
  };
}

export async function countVerdictChanges(reads: Reads, { since, until }: TimeSpan): Promise<number> {
  const { changes } = await reads
    .selectFrom('backup_verdict_changes')
    .where('changed_at', '>=', since)
    .where('changed_at', '<', until)
    .select(({ fn }) => fn.countAll<number | string>().as('changes'))
    .executeTakeFirstOrThrow();
  return Number(changes);
}

/** Every run of the time in the order it was recorded, a page at a time. */
export async function findRunsAfter(
  reads: Reads,
  { since, until }: TimeSpan,
  { after, limit }: { readonly after: number; readonly limit: number },
) {
  return await reads
    .selectFrom('backup_runs')
    .innerJoin('backup_copies', 'backup_copies.id', 'backup_runs.copy_id')
    .where('backup_runs.started_at', '>=', since)
    .where('backup_runs.started_at', '<', until)
    .where('backup_runs.position', '>', after)
    .select(['backup_runs.position', 'backup_runs.id', 'backup_copies.job_key as job', 'backup_copies.name as copy'])
    .select(['backup_runs.result', 'backup_runs.started_at as startedAt', 'backup_runs.ended_at as endedAt'])
    .select(['backup_runs.snapshot', 'backup_runs.files', 'backup_runs.bytes', 'backup_runs.new_bytes as newBytes'])
    .select(['backup_runs.problems', 'backup_runs.error_code as error'])
    .orderBy('backup_runs.position')
    .limit(limit)
    .execute();
}

/** By state, by days of the house. */
export async function countSwaps(media: Media, from: string, to: string): Promise<ReadonlyMap<string, number>> {
  const rows = await media
    .selectFrom('backup_media_swaps')
    .where('day', '>=', from)
    .where('day', '<=', to)
    .select(['state', ({ fn }) => fn.countAll<number | string>().as('swaps')])
    .groupBy('state')
    .execute();
  return new Map(rows.map(({ state, swaps }) => [state, Number(swaps)]));
}

/** Media by the stage they are in now. */
export async function countStages(media: Media) {
  const rows = await media
    .selectFrom('backup_media')
    .select(['stage', ({ fn }) => fn.countAll<number | string>().as('media')])
    .groupBy('stage')
    .orderBy('stage')
    .execute();
  return rows.map((row) => ({ ...row, media: Number(row.media) }));
}

/** Of retired and destroyed media, newest first, as they were signed. */
export async function findCertificates(media: Media, { since, until }: TimeSpan, limit?: number) {
  const query = media
    .selectFrom('backup_media_certificates as certificate')
    .innerJoin('backup_media', 'backup_media.id', 'certificate.medium_id')
    .where('certificate.at', '>=', since)
    .where('certificate.at', '<', until)
    .selectAll('certificate')
    .select('backup_media.label')
    .orderBy('certificate.at', 'desc');
  return await (limit === undefined ? query : query.limit(limit)).execute();
}

/** Jobs that must not be forgotten. */
export async function countLegalHolds(reads: Reads): Promise<number> {
  const { jobs } = await reads
    .selectFrom('backup_jobs')
    .where('archived_at', 'is', null)
    .where('legal_hold', 'is not', null)
    .select(({ fn }) => fn.countAll<number | string>().as('jobs'))
    .executeTakeFirstOrThrow();
  return Number(jobs);
}
