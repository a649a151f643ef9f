/**
 * The last digit: no open verification error, and every required verification of a copy that counts on time and
 * passed. Nothing verified is not "zero errors": the digit is unknown then (spec/backups.md T-1, T-23).
 */
import { HOUR } from '#kernel/units';

import { type CopyStanding, isFuture, isGone } from './copy-standing.ts';
import type { RulePolicy } from './policy.ts';
import type { ProtectedJob, RegisteredCopy } from './register.ts';
import type { DigitVerdict, Finding, FindingCode } from './verdict.ts';

export function errorsDigit(
  job: ProtectedJob,
  standings: readonly CopyStanding[],
  { policy, now }: { readonly policy: RulePolicy; readonly now: number },
): DigitVerdict {
  const faults = standings.flatMap((one) => verificationFault(one, policy, now) ?? []);
  const tickets = ticketFaults(job);
  const found = faults.length + job.openVerificationErrors;
  const evidence = standings
    .filter((one) => isProven(one, policy, now))
    .map(({ copy }) => copy.id)
    .toSorted();
  const required = policy.maxErrors;
  if (found > required) {
    const reasons = [...faults, ...tickets];
    return { state: 'fail', required, found, evidence, reasons, remedy: remedyFor(reasons) };
  }
  if (evidence.length > 0) return { state: 'pass', required, found, evidence, reasons: [], remedy: null };
  const unproven = standings.find((one) => one.standing === 'qualifies');
  const remedy: Finding =
    unproven === undefined
      ? { code: 'rule32110.remedy-add-copy', params: { missing: 1 } }
      : { code: 'rule32110.remedy-verify', params: { copy: unproven.copy.id } };
  return {
    state: 'unknown',
    required,
    found,
    evidence,
    reasons: [{ code: 'rule32110.nothing-verified', params: {} }],
    remedy,
  };
}

function verificationFault({ copy, standing }: CopyStanding, policy: RulePolicy, now: number): Finding | undefined {
  const about = { copy: copy.id };
  const last = copy.lastVerification;
  if (last !== null && !last.passed && !isGone(copy)) return { code: 'rule32110.verification-failed', params: about };
  if (standing !== 'qualifies' || copy.verificationEveryMs === null) return undefined;
  if (last === null) {
    const code = copy.reported ? 'rule32110.verification-only-told' : 'rule32110.verification-never';
    return { code, params: about };
  }
  if (isFuture(last.finishedAt, policy, now)) return { code: 'rule32110.verification-future', params: about };
  const late = now - Date.parse(last.finishedAt) - copy.verificationEveryMs;
  return late > 0
    ? { code: 'rule32110.verification-overdue', params: { ...about, hours: Math.ceil(late / HOUR) } }
    : undefined;
}

function isProven(one: CopyStanding, policy: RulePolicy, now: number): boolean {
  const last = one.copy.lastVerification;
  if (one.standing !== 'qualifies' || last === null || !last.passed) return false;
  return !isFuture(last.finishedAt, policy, now) && verificationFault(one, policy, now) === undefined;
}

function ticketFaults({ openVerificationErrors: count }: ProtectedJob): readonly Finding[] {
  return count === 0 ? [] : [{ code: 'rule32110.verification-tickets', params: { count } }];
}

const remedies: Readonly<Partial<Record<FindingCode, FindingCode>>> = {
  'rule32110.verification-failed': 'rule32110.remedy-repair',
  'rule32110.verification-overdue': 'rule32110.remedy-verify',
  'rule32110.verification-never': 'rule32110.remedy-verify',
  'rule32110.verification-only-told': 'rule32110.remedy-prove',
  'rule32110.verification-future': 'rule32110.remedy-clock',
};

function remedyFor(faults: readonly Finding[]): Finding {
  const [first] = faults;
  const code = first === undefined ? undefined : remedies[first.code];
  return code === undefined
    ? { code: 'rule32110.remedy-tickets', params: {} }
    : { code, params: { copy: first?.params['copy'] } };
}

export function verificationDueAt({ lastVerification, verificationEveryMs }: RegisteredCopy): number | undefined {
  if (lastVerification === null || verificationEveryMs === null) return undefined;
  return Date.parse(lastVerification.finishedAt) + verificationEveryMs;
}
