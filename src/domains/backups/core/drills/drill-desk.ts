/** Drills as others use them: begun, run, recorded by hand, corrected, and handed out with their signatures. */
import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import type {
  Amendment,
  CoverageView,
  DrillResult,
  ManualDrill,
  NewEvidence,
  SignedDrill,
  StartDrill,
} from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { listCoverage } from '../../store/coverage-store.ts';
import {
  countDrills,
  type DrillQuery,
  type Evidence,
  findEvidence,
  findRevisions,
  listDrills,
  type Revision,
  readEvidenceContent,
} from '../../store/drill-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireCopy, requireJob } from '../register/find-registered.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import type { VerificationProgress } from '../verification/examination.ts';
import { amendDrill, attachEvidence } from './amend-drill.ts';
import type { Drill } from './drill-record.ts';
import type { DrillOptions } from './drill-work.ts';
import { goalsOf } from './job-goals.ts';
import { recordManualDrill } from './manual-drill.ts';
import { recoverDrills } from './recover-drills.ts';
import { requireDrill, runDrill } from './run-drill.ts';
import { signedOf, signedText } from './signed-document.ts';
import { addDrill, copiesToTest, type StartedDrill, startDrills } from './start-drills.ts';

export interface DrillWithHistory {
  readonly drill: Drill;
  readonly revisions: readonly (Revision & { readonly valid: boolean })[];
  readonly evidence: readonly Evidence[];
}

export interface DrillDesk {
  /** Queues them. @throws KuraError `backups.job-not-found`, `backups.copy-not-found`, `backups.no-copies`. */
  start(actor: Actor, job: string, wanted: StartDrill): Promise<readonly StartedDrill[]>;
  /** Runs them now, in this process, one copy after another. */
  runNow(actor: Actor, job: string, wanted: StartDrill, options: RunNow): Promise<readonly Drill[]>;
  /** Runs one that waits. */
  perform(actor: Actor, id: string, options: DrillOptions & { readonly signal: AbortSignal }): Promise<Drill>;
  /** @throws KuraError `backups.job-not-found`, `backups.copy-not-found`, invalid `backups.drill-in-future`. */
  record(actor: Actor, job: string, manual: ManualDrill): Promise<DrillWithHistory>;
  /** @throws KuraError `backups.drill-not-found`, conflict `backups.drill-not-ended`. */
  amend(actor: Actor, id: string, amendment: Amendment): Promise<DrillWithHistory>;
  /** @throws as `amend`. */
  attach(actor: Actor, id: string, evidence: NewEvidence): Promise<DrillWithHistory>;
  evidence(id: string, evidence: string): ReturnType<typeof readEvidenceContent>;
  /** Newest first. */
  list(query: DrillQuery): Promise<{
    readonly items: readonly Drill[];
    readonly totals: Readonly<Record<DrillResult, number>>;
  }>;
  /** @throws KuraError `backups.drill-not-found`. */
  read(id: string): Promise<DrillWithHistory>;
  /** @throws KuraError `backups.drill-not-found`, conflict `backups.drill-not-ended`. */
  signed(id: string, revision?: number): Promise<SignedDrill>;
  coverage(): Promise<readonly CoverageView[]>;
  /** Closes what died. Returns how many. */
  recover(actor: Actor): Promise<number>;
  /** Public key (PEM) under which this installation's records hold. */
  readonly publicKey: string;
}

export interface RunNow {
  readonly signal: AbortSignal;
  readonly onProgress?: ((copy: Copy, progress: VerificationProgress) => void) | undefined;
}

export function createDrillDesk(context: BackupsContext): DrillDesk {
  function reads() {
    return context.database.tables<BackupsTables>();
  }
  async function read(id: string): Promise<DrillWithHistory> {
    const drill = await requireDrill(context, id);
    const revisions = (await findRevisions(reads(), id)).map((one) => ({
      ...one,
      valid: context.signer.verify(one.keyId, signedText(one.document), one.signature),
    }));
    return { drill, revisions, evidence: await findEvidence(reads(), id) };
  }
  return {
    async start(actor, key, wanted) {
      const job = await requireJob(context, key);
      return await startDrills(context, actor, { ...wanted, job, options: optionsOf(wanted, job) });
    },
    runNow: (actor, key, wanted, options) => runNow(context, actor, { key, wanted, ...options }),
    async perform(actor, id, { signal, ...options }) {
      const drill = await requireDrill(context, id);
      if (drill.result !== 'running' || drill.copy === null) return drill;
      const job = await requireJob(context, drill.job);
      return await runDrill(context, { actor, job, copy: requireCopy(job, drill.copy), drill, options, signal });
    },
    record: async (actor, job, manual) => read(await recordManualDrill(context, actor, job, manual)),
    async amend(actor, id, amendment) {
      await amendDrill(context, actor, id, amendment);
      return await read(id);
    },
    async attach(actor, id, evidence) {
      await attachEvidence(context, actor, id, evidence);
      return await read(id);
    },
    evidence: (id, evidence) => readEvidenceContent(reads(), id, evidence),
    list: async (query) => ({ items: await listDrills(reads(), query), totals: await countDrills(reads(), query) }),
    read,
    signed: (id, revision) => readSigned(context, id, revision),
    coverage: () => readCoverage(context),
    recover: (actor) => recoverDrills(context, actor),
    publicKey: context.signer.publicKey,
  };
}

async function runNow(
  context: BackupsContext,
  actor: Actor,
  { key, wanted, signal, onProgress }: RunNow & { readonly key: string; readonly wanted: StartDrill },
): Promise<readonly Drill[]> {
  await recoverDrills(context, actor);
  const job = await requireJob(context, key);
  const options = optionsOf(wanted, job);
  const wish = { ...wanted, job, options };
  const ended: Drill[] = [];
  for (const copy of await copiesToTest(context, wish)) {
    const id = await context.unitOfWork.write(actor, (tx) => addDrill(context, tx, { ...wish, copyToTest: copy }));
    const drill = await requireDrill(context, id);
    const listener =
      onProgress === undefined ? {} : { onProgress: (progress: VerificationProgress) => onProgress(copy, progress) };
    ended.push(await runDrill(context, { actor, job, copy, drill, options, signal, ...listener }));
  }
  return ended;
}

function optionsOf({ files, seed, checks }: StartDrill, job: Job): DrillOptions {
  return { files, seed, checks, ...goalsOf(job) };
}

async function readSigned(context: BackupsContext, id: string, wanted: number | undefined): Promise<SignedDrill> {
  const drill = await requireDrill(context, id);
  const revisions = await findRevisions(context.database.tables<BackupsTables>(), id);
  const revision = wanted === undefined ? revisions.at(-1) : revisions.find((one) => one.revision === wanted);
  if (revision === undefined && (drill.result === 'running' || wanted === undefined)) {
    throw new KuraError('conflict', 'backups.drill-not-ended', { params: { drill: id } });
  }
  if (revision === undefined) throw new KuraError('not-found', 'backups.drill-not-found', { params: { drill: id } });
  return signedOf(revision);
}

async function readCoverage({ database, clock }: BackupsContext): Promise<readonly CoverageView[]> {
  const rows = await listCoverage(database.tables<BackupsTables>());
  return rows.map(({ copyId: _copy, oldestReadAt, neverRead, withinDays, ...row }) => {
    const everythingSince = neverRead.items === 0 ? oldestReadAt : null;
    const met = everythingSince !== null && clock.now() - Date.parse(everythingSince) <= withinDays * DAY;
    return { ...row, neverRead, withinDays, everythingSince, met: met || row.items === 0 };
  });
}
