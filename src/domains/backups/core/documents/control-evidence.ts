/**
 * What Kura's records say to controls of ISO/IEC 27001:2022: figures and where their rows stand. Nothing here judges a control; where
 * there are no rows, that is what is said.
 */
import type { ControlId } from '../../contract/index.ts';
import {
  countDrillsByKind,
  countLegalHolds,
  countMissedRuns,
  countStages,
  countSwaps,
  countTickets,
  countVerdictChanges,
  findAttachments,
  findCertificates,
} from '../../store/documents/evidence-store.ts';
import { findPolicies } from '../../store/policy-store.ts';
import type { ReportReading } from './report-reading.ts';

export interface Statement {
  readonly control: ControlId;
  /** Ends the key of the message. */
  readonly key: string;
  /** Null: there are no rows. */
  readonly figures: Readonly<Record<string, number>> | null;
  /** Where the rows stand. */
  readonly source: string;
}

export async function controlEvidence(reading: ReportReading): Promise<readonly Statement[]> {
  return [
    ...backupStatements(reading),
    ...copyStatements(reading),
    ...(await policyStatements(reading)),
    ...(await proofStatements(reading)),
    ...(await mediaStatements(reading)),
    ...(await logStatements(reading)),
  ];
}

function statement(
  control: ControlId,
  key: string,
  source: string,
  { of, ...figures }: Readonly<Record<string, number>> & { readonly of: number },
): Statement {
  return { control, key, source, figures: of === 0 ? null : { of, ...figures } };
}

function backupStatements({ figures: { runs, verdicts } }: ReportReading): readonly Statement[] {
  const jobs = verdicts.now.map(({ facts }) => facts.job);
  const judged = verdicts.now.filter(({ verdict }) => verdict.status !== 'paused');
  const { success, partial, failed, interrupted } = runs.total;
  function keeping(digit: 'offsite' | 'errors'): number {
    return judged.filter(({ verdict }) => verdict.digits[digit].state === 'pass').length;
  }
  const compliant = judged.filter(({ verdict }) => verdict.status === 'compliant').length;
  return [
    statement('A.5.9', 'inventory', 'GET /api/v1/backups/jobs', {
      of: jobs.length,
      owned: jobs.filter(({ owner }) => owner !== null).length,
      classed: jobs.filter(({ dataClass }) => dataClass !== null).length,
    }),
    statement('A.8.13', 'runs', 'GET /api/v1/backups/runs', {
      of: success + partial + failed + interrupted,
      good: success,
      warned: partial,
      failed: failed + interrupted,
    }),
    statement('A.8.13', 'rule', 'GET /api/v1/backups/status', {
      of: judged.length,
      compliant,
      proved: keeping('errors'),
    }),
    statement('A.8.14', 'offsite', 'GET /api/v1/backups/status', { of: judged.length, offsite: keeping('offsite') }),
  ];
}

function copyStatements({ context, figures: { verdicts } }: ReportReading): readonly Statement[] {
  const copies = verdicts.now
    .flatMap(({ facts }) => facts.copies.map(({ copy }) => copy))
    .filter(({ enabled }) => enabled);
  const now = new Date(context.clock.now()).toISOString();
  const locked = copies.filter(({ lockedUntil }) => lockedUntil !== null && lockedUntil > now);
  return [
    statement('A.5.33', 'locked', 'GET /api/v1/backups/status', { of: copies.length, locked: locked.length }),
    statement('A.8.24', 'encrypted', 'GET /api/v1/backups/status', {
      of: copies.length,
      encrypted: copies.filter(({ encrypted }) => encrypted).length,
    }),
  ];
}

async function policyStatements({ reads }: ReportReading): Promise<readonly Statement[]> {
  const policies = await findPolicies(reads);
  return [
    statement('A.5.31', 'policies', 'GET /api/v1/backups/policies', {
      of: policies.length,
      retaining: policies.filter(({ rules }) => rules.retentionDays !== null).length,
      held: await countLegalHolds(reads),
    }),
  ];
}

async function proofStatements({ reads, period, figures }: ReportReading): Promise<readonly Statement[]> {
  const drills = await countDrillsByKind(reads, period);
  const { opened, closed } = await countTickets(reads, period);
  const attached = await findAttachments(reads, period);
  function count(kinds: readonly string[], result?: string): number {
    const wanted = drills.filter((one) => kinds.includes(one.kind) && (result === undefined || one.result === result));
    return wanted.reduce((sum, one) => sum + one.drills, 0);
  }
  const restores = ['full', 'partial'];
  const source = 'GET /api/v1/backups/drills';
  const { open } = figures.tickets;
  const tickets = { of: opened + closed + open, opened, closed, open };
  return [
    statement('A.5.24', 'tickets', 'GET /api/v1/backups/tickets', tickets),
    statement('A.5.26', 'closed', 'GET /api/v1/backups/tickets', tickets),
    statement('A.5.28', 'records', source, {
      of: drills.reduce((sum, one) => sum + one.drills, 0),
      attached: attached.length,
    }),
    statement('A.5.30', 'restores', source, {
      of: count(restores),
      passed: count(restores, 'passed'),
      failed: count(restores, 'failed'),
    }),
    statement('A.5.33', 'tamper', source, { of: count(['tamper']), refused: count(['tamper'], 'passed') }),
    statement('A.8.13', 'tests', source, {
      of: drills.reduce((sum, one) => sum + one.drills, 0),
      passed: figures.tests.byResult.get('passed') ?? 0,
      failed: figures.tests.byResult.get('failed') ?? 0,
    }),
  ];
}

async function mediaStatements({ media, period }: ReportReading): Promise<readonly Statement[]> {
  const swaps = await countSwaps(media, period.from, period.to);
  const stages = await countStages(media);
  const certificates = await findCertificates(media, period);
  const [done, missed] = [swaps.get('done') ?? 0, swaps.get('missed') ?? 0];
  return [
    statement('A.7.10', 'media', 'GET /api/v1/backups/media', {
      of: stages.reduce((sum, one) => sum + one.media, 0),
      stored: stages.find(({ stage }) => stage === 'stored')?.media ?? 0,
      lost: stages.find(({ stage }) => stage === 'lost')?.media ?? 0,
    }),
    statement('A.7.10', 'swaps', 'GET /api/v1/backups/media-sets/:key/swaps', { of: done + missed, done, missed }),
    statement('A.7.14', 'destroyed', 'GET /api/v1/backups/media', {
      of: certificates.length,
      destroyed: certificates.filter(({ kind }) => kind === 'destroyed').length,
    }),
  ];
}

async function logStatements({ context, reads, period }: ReportReading): Promise<readonly Statement[]> {
  const { actions } = await context.audit.tally({ ...period, limit: 1 });
  const { lastSeq, lastCheck } = await context.audit.state();
  function sum(chosen: typeof actions, result: 'done' | 'refused' | 'failed'): number {
    return chosen.reduce((total, one) => total + one[result], 0);
  }
  const entries = sum(actions, 'done') + sum(actions, 'refused') + sum(actions, 'failed');
  const logins = actions.filter(({ category }) => category === 'authentication');
  const rights = actions.filter(({ category }) => category === 'authorization');
  const changes = actions.filter(({ category }) => category === 'configuration');
  const source = 'GET /api/v1/audit/entries';
  const missed = await countMissedRuns(reads, period);
  const changed = await countVerdictChanges(reads, period);
  const refusals = { logins: sum(logins, 'refused') + sum(logins, 'failed'), rights: sum(rights, 'refused') };
  return [
    statement('A.5.15', 'refusals', source, { of: entries, ...refusals }),
    statement('A.8.15', 'entries', source, { of: entries }),
    statement('A.8.15', 'chain', 'GET /api/v1/audit/chain', {
      of: lastCheck === undefined ? 0 : lastSeq,
      checked: lastCheck?.rows ?? 0,
      broken: lastCheck?.ok === false ? 1 : 0,
    }),
    statement('A.8.16', 'missed', 'GET /api/v1/backups/runs', {
      of: missed + changed,
      missed,
      changes: changed,
    }),
    statement('A.8.32', 'changes', source, { of: sum(changes, 'done'), refused: sum(changes, 'refused') }),
  ];
}
