/** The audit log as others use it. */
import type { Clock } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import { DAY, HOUR, SECOND } from '#kernel/units';
import type { Database } from '#platform/db';
import type { Probe } from '#platform/health';
import { type HandledJob, handleJob } from '#platform/jobs';
import type { Scheduler } from '#platform/schedule';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import { purgeEntriesJob, setUpSchedules, verifyChainJob } from './audit-jobs.ts';
import type { AuditKey } from './chain/audit-key.ts';
import { exportHeads } from './chain/export-heads.ts';
import type { Sealing } from './chain/sealing.ts';
import type { ExportedHeads } from './contract/chain-shapes.ts';
import {
  type Acknowledgement,
  acknowledgeDetection,
  type Detection,
  type DetectionQuery,
  listDetections,
} from './detections/detection-store.ts';
import { detect } from './detections/detector.ts';
import { watchLog } from './detections/watch.ts';
import { forwardLog, type LogReceiver } from './forwarding/forward-log.ts';
import type { SyslogSender } from './forwarding/syslog-message.ts';
import { countUnsealed, readChainState } from './trail/chain-state.ts';
import { type CheckRequest, checkChain, lastCheck, type RecordedCheck } from './trail/checks.ts';
import { type EntryPage, type EntryQuery, searchEntries } from './trail/entry-search.ts';
import { type Purged, purgeEntries } from './trail/purge.ts';
import { countPeriod, type PeriodCounts, periodOf } from './trail/summary.ts';
import { type Tally, type TallyPeriod, tallyEntries } from './trail/tally.ts';

export interface AuditDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly unitOfWork: UnitOfWork;
  readonly scheduler: Pick<Scheduler, 'upsert'>;
  readonly key: AuditKey;
  readonly sealing: Sealing;
  /** Days for which entries are kept, read anew each time. */
  readonly keepDays: () => number;
  readonly reportError: (error: unknown) => void;
}

export interface Audit {
  readonly search: (query: EntryQuery) => Promise<EntryPage>;
  readonly state: () => ReturnType<typeof readChainState>;
  /** What was done in a period, counted. */
  readonly tally: (period: TallyPeriod) => Promise<Tally>;
  /** Reads the whole chain and remembers the outcome. @throws KuraError invalid `audit.heads-invalid`. */
  readonly check: (request: CheckRequest) => Promise<RecordedCheck>;
  readonly exportHeads: () => Promise<ExportedHeads>;
  readonly summarise: (
    days: number,
    actor: Actor,
  ) => Promise<PeriodCounts & { readonly from: string; readonly until: string; readonly check: RecordedCheck }>;
  /** @throws KuraError mismatch `audit.purge-refused`. */
  readonly purge: (actor: Actor) => Promise<Purged>;
  readonly listDetections: (query: DetectionQuery) => ReturnType<typeof listDetections>;
  /** @throws KuraError `audit.detection-not-found`, conflict `audit.detection-acknowledged`. */
  readonly acknowledge: (acknowledgement: Acknowledgement) => Promise<Detection>;
  /** Judges what was written since the last time; a server does so by itself. */
  readonly detect: () => Promise<number>;
  /** For a server: rules all the time, checks and removal by time. */
  readonly watch: () => AsyncDisposable;
  /** For a server: what is sealed goes to another machine, too, beginning with what it has not had yet. */
  readonly forward: (receiver: LogReceiver, sender: SyslogSender) => AsyncDisposable;
  readonly setUpSchedules: (zone: string, actor: Actor) => Promise<void>;
  readonly jobHandlers: readonly HandledJob[];
  readonly probe: Probe;
  /** Records that something left the log as a file. */
  readonly noteExport: (actor: Actor, facts: Readonly<Record<string, unknown>>) => Promise<void>;
}

const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };
/** A summary stands on a check that is no older. */
const freshMs = DAY;
/** A server that was switched off overnight has missed one. */
const staleMs = 3 * DAY;

export function createAudit(deps: AuditDeps): Audit {
  const { database, clock, unitOfWork, sealing } = deps;
  async function detectNow(): Promise<number> {
    await sealing.seal();
    return detect(deps);
  }
  return {
    search: async (query) => searchEntries(database, query),
    state: async () => readChainState(deps),
    tally: async (period) => tallyEntries(database, period),
    check: async (request) => checkChain(deps, request),
    exportHeads: async () => exportHeads(deps, clock),
    summarise: async (days, actor) => {
      const known = await lastCheck(database);
      const isFresh = known !== undefined && clock.now() - Date.parse(known.at) < freshMs;
      const check = isFresh ? known : await checkChain(deps, { actor });
      const period = periodOf(clock.now(), days * DAY);
      return { ...period, check, ...(await countPeriod(database, { ...period, lastSeq: check.lastSeq })) };
    },
    purge: async (actor) => purgeEntries(deps, deps.keepDays(), actor),
    listDetections: async (query) => listDetections(database, query),
    acknowledge: async (acknowledgement) => acknowledgeDetection(deps, acknowledgement),
    detect: detectNow,
    watch: () => watchLog(deps, { sealing, everyMs: 30 * SECOND, reportError: deps.reportError }),
    forward: (receiver, sender) => forwardLog({ database, sealing, receiver, sender, reportError: deps.reportError }),
    setUpSchedules: async (zone, actor) => {
      await unitOfWork.write(actor, async (tx) => setUpSchedules(deps.scheduler, tx, zone));
    },
    jobHandlers: [
      handleJob(verifyChainJob, async ({ report, signal }) => {
        const { ok, rows, lastSeq } = await checkChain(deps, { actor: kura, signal });
        await sealing.signHead();
        report({ ok, rows, lastSeq });
      }),
      handleJob(purgeEntriesJob, async ({ report }) =>
        report({ ...(await purgeEntries(deps, deps.keepDays(), kura)) }),
      ),
    ],
    probe: { name: 'audit', run: async () => probeAudit(deps) },
    noteExport: async (actor, facts) => {
      await unitOfWork.write(actor, async (tx) =>
        tx.audit({
          action: 'audit.export',
          category: 'access',
          subject: { kind: 'audit-log', id: 'entries' },
          result: 'done',
          after: facts,
        }),
      );
    },
  };
}

/** Entries that were just written wait a moment; more than this, or longer, and the chain stands still. */
const waitingEntries = 1000;

async function probeAudit({ database, clock }: AuditDeps): ReturnType<Probe['run']> {
  const check = await lastCheck(database);
  const unsealed = await countUnsealed(database);
  const isStale = check !== undefined && clock.now() - Date.parse(check.at) > staleMs;
  const verified = check === undefined ? 'not verified yet' : `verified ${check.at}, ${check.rows} entries`;
  const broken = check?.finding === undefined ? '' : `, ${check.finding.fault} at ${check.finding.seq}`;
  return {
    state: check?.ok === false || isStale || unsealed > waitingEntries ? 'degraded' : 'ok',
    detail: `${verified}${broken}, ${unsealed} not sealed`,
  };
}

/** How often heads are signed. */
export const headEvery = { rows: 1000, ms: HOUR } as const;
