/** How much may be lost, how long it may take, how long it must be kept (spec/backups.md B-041, B-042). */
import { DAY, MINUTE } from '#kernel/units';

import type { RulePolicy } from './policy.ts';
import type { RecoveryGoals } from './register.ts';
import type { Finding, Warning } from './verdict.ts';

export function goalWarnings(goals: RecoveryGoals, { keepMs }: RulePolicy, now: number): readonly Warning[] {
  const findings = [lostTooMuch(goals, now), tookTooLong(goals), keptTooBriefly(goals, keepMs)];
  return findings.flatMap((finding) => (finding === null ? [] : [{ ...finding, severity: 'warning' as const }]));
}

/** When the newest state becomes too old. */
export function goalTurn({ pointMs, newestPoint }: RecoveryGoals): number | undefined {
  return pointMs === null || newestPoint === null ? undefined : Date.parse(newestPoint) + pointMs + 1;
}

function lostTooMuch({ pointMs, newestPoint }: RecoveryGoals, now: number): Finding | null {
  if (pointMs === null) return null;
  if (newestPoint === null) return { code: 'rule32110.rpo-nothing', params: {} };
  const age = now - Date.parse(newestPoint);
  if (age <= pointMs) return null;
  const params = { minutes: Math.floor(age / MINUTE), limitMinutes: Math.floor(pointMs / MINUTE) };
  return { code: 'rule32110.rpo-missed', params };
}

function tookTooLong({ timeMs, lastRestoreMs }: RecoveryGoals): Finding | null {
  if (timeMs === null || lastRestoreMs === null || lastRestoreMs <= timeMs) return null;
  const params = { minutes: Math.ceil(lastRestoreMs / MINUTE), limitMinutes: Math.floor(timeMs / MINUTE) };
  return { code: 'rule32110.rto-missed', params };
}

function keptTooBriefly({ keptMs }: RecoveryGoals, keepMs: number | null): Finding | null {
  if (keptMs === null || keepMs === null || keptMs >= keepMs) return null;
  return { code: 'rule32110.kept-too-briefly', params: { days: keptMs / DAY, neededDays: keepMs / DAY } };
}
