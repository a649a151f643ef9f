/** The 3-2-1-1-0 verdict over the recorded facts and what can be seen now. */
import {
  type DigitName,
  type DigitState,
  digitNames,
  evaluate,
  type RecoveryGoals,
  type RegisteredCopy,
  type RuleInput,
  type RulePolicy,
  type Verdict,
} from '#engines/rule32110';
import { type Instant, instant } from '#kernel/brands';
import { DAY, HOUR, MINUTE, SECOND } from '#kernel/units';

import type { MediumState, RunResult } from '../../contract/index.ts';
import { rulePolicyOf } from '../policies/rule-policy-of.ts';
import { carrierOf } from '../register/carrier.ts';
import type { Observations } from '../register/observe-copies.ts';
import type { Run } from '../runs/run-record.ts';
import type { CopyFacts, JobFacts } from './job-facts.ts';

export interface Assessment {
  readonly facts: JobFacts;
  readonly verdict: Verdict;
  /** When each digit changes if nothing happens; null for never. */
  readonly digitsValidUntil: Readonly<Record<DigitName, Instant | null>>;
  /** By id of the copy. */
  readonly carriers: ReadonlyMap<string, MediumState>;
  readonly observations: Observations;
}

export interface AssessmentView {
  readonly observations: Observations;
  /** The numbers of the rule for jobs that no policy is meant for. */
  readonly policy: RulePolicy;
  readonly now: Instant;
}

export function assess(facts: JobFacts, { observations, policy, now }: AssessmentView): Assessment {
  const carriers = new Map(
    facts.copies.map(({ copy, lastContact, medium }) => [
      copy.id,
      carrierOf(copy, { reachable: observations.has(copy.id), lastContact, inventoried: medium !== null }),
    ]),
  );
  const input = { ...ruleInput(facts, carriers), policy: rulePolicyOf(facts.policy, policy), now };
  const verdict = evaluate(input);
  return { facts, verdict, digitsValidUntil: digitsValidUntil(input, verdict), carriers, observations };
}

function ruleInput(facts: JobFacts, carriers: ReadonlyMap<string, MediumState>) {
  const { job, copies, policy } = facts;
  const verifyEveryDays = Math.min(job.verifyEveryDays, policy?.rules.verifyEveryDays ?? job.verifyEveryDays);
  return {
    job: {
      id: job.key,
      site: sameSite(job.site),
      active: job.active,
      // Every instant in the register was written by nowInstant or checked by the contract.
      pausedUntil: job.pausedUntil as Instant | null,
      openVerificationErrors: facts.openTickets,
      goals: goalsOf(facts),
    },
    copies: copies.map((one) =>
      registeredCopy(one, carriers.get(one.copy.id) ?? 'unknown', {
        expectedIntervalMs: job.everyHours * HOUR,
        keptMs: job.retentionDays === null || job.legalHold !== null ? null : job.retentionDays * DAY,
        verificationEveryMs: Math.max(verifyEveryDays, one.copy.rotationDays ?? 0) * DAY,
      }),
    ),
  };
}

function goalsOf({ job, copies }: JobFacts): RecoveryGoals {
  const points = copies.filter(({ copy }) => copy.enabled).flatMap(({ lastGoodRun }) => lastGoodRun?.startedAt ?? []);
  const restores = copies.flatMap(({ restoreSeconds }) => restoreSeconds ?? []);
  return {
    pointMs: job.rpoMinutes === null ? null : job.rpoMinutes * MINUTE,
    // A run keeps the state its source had when it began.
    newestPoint: (points.toSorted().at(-1) ?? null) as Instant | null,
    timeMs: job.rtoMinutes === null ? null : job.rtoMinutes * MINUTE,
    // The fastest copy is the one to restore from.
    lastRestoreMs: restores.length === 0 ? null : Math.min(...restores) * SECOND,
    keptMs: job.retentionDays === null ? null : job.retentionDays * DAY,
  };
}

interface Intervals extends Pick<RegisteredCopy, 'expectedIntervalMs' | 'verificationEveryMs'> {
  /** Milliseconds for which a backup is kept; then it may be deleted, and nobody relies on it. Null for no limit. */
  readonly keptMs: number | null;
}

function registeredCopy(
  { copy, lastRun, proof }: CopyFacts,
  carrier: MediumState,
  { keptMs, ...intervals }: Intervals,
): RegisteredCopy {
  return {
    ...intervals,
    id: copy.name,
    enabled: copy.enabled,
    storage: `${copy.vaultId} ${copy.repository}`,
    mediaKind: copy.media,
    site: sameSite(copy.site),
    encrypted: copy.encrypted,
    reported: copy.engine === 'reported',
    carrier,
    rotationIntervalMs: copy.rotationDays === null ? null : copy.rotationDays * DAY,
    lastRun: finishedRun(lastRun),
    retainedUntil: retainedUntil(lastRun, keptMs),
    lockedUntil: copy.lockedUntil as Instant | null,
    lastVerification: proof,
  };
}

function retainedUntil(run: Run | null, keptMs: number | null): Instant | null {
  if (run === null || run.endedAt === null || keptMs === null) return null;
  return instant(new Date(Date.parse(run.endedAt) + keptMs));
}

/** "Tokyo" and "tokyo" are one place; counting them as two would invent an off-site copy. */
function sameSite(site: string): string {
  return site.normalize('NFKC').trim().toLowerCase();
}

function finishedRun(run: Run | null): RegisteredCopy['lastRun'] {
  if (run === null || run.endedAt === null) return null;
  // Every ended_at was written by nowInstant.
  return { result: ruleResult(run.result), finishedAt: run.endedAt as Instant };
}

function ruleResult(result: RunResult): 'success' | 'warning' | 'failed' {
  if (result === 'partial') return 'warning';
  return result === 'success' ? 'success' : 'failed';
}

/** Follows the verdict from one turn to the next until each digit has turned once. */
function digitsValidUntil(input: RuleInput, verdict: Verdict): Assessment['digitsValidUntil'] {
  const until: Record<DigitName, Instant | null> = {
    copies: null,
    media: null,
    offsite: null,
    offline: null,
    errors: null,
  };
  const open = new Map<DigitName, DigitState>(digitNames.map((name) => [name, verdict.digits[name].state]));
  for (let turn = verdict.validUntil; turn !== null && open.size > 0; ) {
    const later = evaluate({ ...input, now: turn });
    for (const [name, state] of open) {
      if (later.digits[name].state === state) continue;
      until[name] = turn;
      open.delete(name);
    }
    turn = later.validUntil;
  }
  return until;
}
