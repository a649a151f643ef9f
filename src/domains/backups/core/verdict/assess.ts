/** The 3-2-1-1-0 verdict over the recorded facts and what can be seen now. */
import {
  type DigitName,
  type DigitState,
  digitNames,
  evaluate,
  type RegisteredCopy,
  type RuleInput,
  type RulePolicy,
  type Verdict,
} from '#engines/rule32110';
import type { Instant } from '#kernel/brands';
import { DAY, HOUR } from '#kernel/units';

import type { MediumState, RunResult } from '../../contract/index.ts';
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
  readonly policy: RulePolicy;
  readonly now: Instant;
}

export function assess(facts: JobFacts, { observations, policy, now }: AssessmentView): Assessment {
  const carriers = new Map(
    facts.copies.map(({ copy, lastContact }) => [
      copy.id,
      carrierOf(copy, { reachable: observations.has(copy.id), lastContact }),
    ]),
  );
  const input = { ...ruleInput(facts, carriers), policy, now };
  const verdict = evaluate(input);
  return { facts, verdict, digitsValidUntil: digitsValidUntil(input, verdict), carriers, observations };
}

function ruleInput({ job, copies }: JobFacts, carriers: ReadonlyMap<string, MediumState>) {
  return {
    job: { id: job.key, site: sameSite(job.site), active: job.active, openVerificationErrors: 0 },
    copies: copies.map((one) =>
      registeredCopy(one, carriers.get(one.copy.id) ?? 'unknown', {
        expectedIntervalMs: job.everyHours * HOUR,
        verificationEveryMs: Math.max(job.verifyEveryDays, one.copy.rotationDays ?? 0) * DAY,
      }),
    ),
  };
}

function registeredCopy(
  { copy, lastRun, proof }: CopyFacts,
  carrier: MediumState,
  intervals: Pick<RegisteredCopy, 'expectedIntervalMs' | 'verificationEveryMs'>,
): RegisteredCopy {
  return {
    ...intervals,
    id: copy.name,
    enabled: true,
    storage: `${copy.vaultId} ${copy.repository}`,
    mediaKind: copy.media,
    site: sameSite(copy.site),
    carrier,
    rotationIntervalMs: copy.rotationDays === null ? null : copy.rotationDays * DAY,
    lastRun: finishedRun(lastRun),
    retainedUntil: null,
    lockedUntil: null,
    lastVerification: proof,
  };
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
