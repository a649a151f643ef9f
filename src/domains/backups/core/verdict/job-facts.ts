/** Everything recorded that a verdict depends on. */
import type { ReadTables } from '#platform/db';

import type { PolicyView } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findMissed } from '../../store/missed-run-store.ts';
import { findPolicies } from '../../store/policy-store.ts';
import { findJobs } from '../../store/register-store.ts';
import { newestRuns } from '../../store/run-store.ts';
import { newestToldTests, type ToldTest } from '../../store/told-test-store.ts';
import { newestVerifications } from '../../store/verification-store.ts';
import { type MediumFacts, mediaFacts } from '../media/media-facts.ts';
import { policyFor } from '../policies/rule-policy-of.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import type { Run } from '../runs/run-record.ts';
import { loadTicketFacts, type TicketFacts } from '../tickets/ticket-facts.ts';
import { type Examined, type Proof, proofOf } from '../verification/proof-of.ts';
import type { Verification } from '../verification/verification-record.ts';

export interface CopyFacts {
  readonly copy: Copy;
  /** The newest run that came to a result; an interrupted one has none. */
  readonly lastRun: Run | null;
  /** Success or partial. */
  readonly lastGoodRun: Run | null;
  readonly lastVerification: Verification | null;
  readonly proof: Proof | null;
  /** When the medium was last in use; null before the first time. */
  readonly lastContact: string | null;
  /** The medium of the inventory that carries it; null when none is registered. */
  readonly medium: MediumFacts | null;
  /** Seconds of the newest restore that passed; null when none was made. */
  readonly restoreSeconds: number | null;
}

export interface JobFacts {
  readonly job: Job;
  readonly copies: readonly CopyFacts[];
  /** What the job names, or what is meant for its class of data; null leaves the numbers of the house. */
  readonly policy: PolicyView | null;
  /** Verification errors nobody has closed yet. */
  readonly openTickets: number;
  /** When a run was due that has not come, by id of the copy. */
  readonly missed: ReadonlyMap<string, string>;
}

export async function loadFacts(
  reads: ReadTables<BackupsTables>,
  keys?: readonly string[],
): Promise<readonly JobFacts[]> {
  const jobs = await findJobs(reads, keys);
  const copyIds = jobs.flatMap(({ copies }) => copies.map(({ id }) => id));
  const policies = await findPolicies(reads);
  const runs = Map.groupBy(await newestRuns(reads, copyIds), ({ copyId }) => copyId);
  const verifications = Map.groupBy(await newestVerifications(reads, copyIds), ({ copyId }) => copyId);
  const reported = jobs.flatMap(({ copies }) => copies.filter(({ engine }) => engine === 'reported'));
  const tests = Map.groupBy(
    await newestToldTests(
      reads,
      reported.map(({ id }) => id),
    ),
    ({ copyId }) => copyId,
  );
  const tickets = await loadTicketFacts(reads, keys);
  const media = await mediaFacts(
    reads,
    jobs.flatMap(({ copies }) => copies),
  );
  const missed = new Map((await findMissed(reads, keys && copyIds)).map(({ copyId, dueAt }) => [copyId, dueAt]));
  return jobs.map((job) => {
    const copies = job.copies.map((copy) =>
      onMedium(
        job,
        media.get(copy.id) ?? null,
        copyFacts(copy, tickets, {
          runs: runs.get(copy.id) ?? [],
          verifications: verifications.get(copy.id) ?? [],
          tests: (tests.get(copy.id) ?? []).map(examinedBy),
        }),
      ),
    );
    const failed = new Set(copies.filter(({ proof }) => proof?.passed === false).map(({ copy }) => copy.id));
    return { job, policy: policyFor(job, policies), openTickets: tickets.openOf(job.key, failed), missed, copies };
  });
}

interface History {
  readonly runs: readonly Run[];
  readonly verifications: readonly Verification[];
  /** Of copies that Kura cannot read: what people found out. */
  readonly tests: readonly Examined[];
}

function copyFacts(copy: Copy, tickets: TicketFacts, { runs, verifications, tests }: History): CopyFacts {
  const lastGoodRun = newest(runs.filter(({ result }) => result === 'success' || result === 'partial'));
  const carriedOut = verifications.filter(({ result }) => result === 'passed' || result === 'failed');
  const contacts = [lastGoodRun, ...carriedOut].flatMap((one) => one?.endedAt ?? []);
  return {
    copy,
    medium: null,
    lastRun: newest(runs.filter(({ result }) => result !== 'running' && result !== 'interrupted')),
    lastGoodRun,
    lastVerification: newest(carriedOut),
    proof: proofOf([...verifications, ...tests], tickets.settledUntil(copy.id)),
    lastContact: contacts.toSorted().at(-1) ?? null,
    restoreSeconds:
      newest(carriedOut.filter(({ kind, result }) => kind === 'restore' && result === 'passed'))?.seconds ?? null,
  };
}

/** Somebody who restored everything, or read it all, has seen what Kura would have; told late, it stands by its own time. */
function examinedBy({ kind, result, endedAt }: ToldTest): Examined {
  return { kind: kind === 'full' ? 'restore' : 'data', result, endedAt, position: Date.parse(endedAt) };
}

/** Of a copy that lies on a set, the generation that counts stands for it, with its own age and whereabouts. */
function onMedium(job: Job, medium: MediumFacts | null, facts: CopyFacts): CopyFacts {
  const generation = medium?.generation ?? null;
  if (generation === null) return { ...facts, medium };
  const { run, state, stateAt, site } = generation;
  const copy = { ...facts.copy, mediumState: state, mediumStateAt: stateAt, site: site ?? job.site };
  return { ...facts, medium, copy, lastRun: run, lastGoodRun: run, lastContact: null };
}

interface Ended {
  readonly id: string;
  readonly endedAt: string | null;
}

/** By its own times: what is told late is no news. */
function newest<Recorded extends Ended>(recorded: readonly Recorded[]): Recorded | null {
  return recorded.toSorted(laterFirst)[0] ?? null;
}

function laterFirst(one: Ended, other: Ended): number {
  const [a, b] = [one.endedAt ?? '', other.endedAt ?? ''];
  if (a !== b) return a < b ? 1 : -1;
  return one.id < other.id ? 1 : -1;
}
