/** alerts ← health: what probes find is looked at every few minutes, and becomes an alert until it is well again. */
import { z } from 'zod';

import { type Clock, nowInstant } from '#kernel/clock';
import { DAY, MINUTE } from '#kernel/units';
import type { Alerts } from '#platform/alerts';
import type { Availability } from '#platform/availability';
import { type Probe, type ProbeResult, probeHealth } from '#platform/health';
import { defineJob, type HandledJob, handleJob } from '#platform/jobs';
import { defineSchedule, type ScheduleDefinition } from '#platform/schedule';

export const watchHealthJob = defineJob({ name: 'app.watch-health', payload: z.object({}), maxAttempts: 1 });

export const healthWatch: ScheduleDefinition<Readonly<Record<string, never>>> = defineSchedule({
  id: 'app.watch-health',
  job: watchHealthJob,
  payload: {},
  timing: { kind: 'interval', everyMs: 5 * MINUTE },
  catchUp: 'skip',
});

export interface HealthWatchDeps {
  readonly alerts: Pick<Alerts, 'raise' | 'clear'>;
  readonly probes: readonly Probe[];
  readonly clock: Clock;
  readonly availability: Pick<Availability, 'read'>;
}

export function watchHealth(deps: HealthWatchDeps): HandledJob {
  return handleJob(watchHealthJob, async () => {
    await lookAtHealth(deps);
    await lookAtBudget(deps);
  });
}

export async function lookAtHealth({ alerts, probes, clock }: HealthWatchDeps): Promise<void> {
  const report = await probeHealth(probes, clock);
  const occurrence = { at: nowInstant(clock), position: null };
  for (const result of report.probes) {
    if (result.state === 'ok') await alerts.clear(fingerprintOf(result), occurrence);
    else await alerts.raise(signalOf(result), occurrence);
  }
}

/** The budget of thirty whole days: while less than that was observed, one short fault is no reason to wake somebody. */
const budgetSeconds = (30 * DAY) / 1000;
const budgetFingerprint = 'availability:budget';

export async function lookAtBudget({ alerts, availability, clock }: HealthWatchDeps): Promise<void> {
  const { total, targetPercent } = await availability.read({ by: 'month' });
  const occurrence = { at: nowInstant(clock), position: null };
  const allowed = (budgetSeconds * (100 - targetPercent)) / 100;
  if (total.downSeconds <= allowed) return await alerts.clear(budgetFingerprint, occurrence);
  const minutes = Math.round(total.downSeconds / 60);
  await alerts.raise(
    {
      type: 'availability-low',
      fingerprint: budgetFingerprint,
      subject: { kind: 'availability', id: 'kura', name: 'Kura' },
      filling: { params: { minutes, allowed: Math.floor(allowed / 60), target: targetPercent } },
      page: '/operations/availability',
    },
    occurrence,
  );
}

function signalOf(result: ProbeResult) {
  const { name, state, detail } = result;
  const isDisk = name === 'disk';
  return {
    type: isDisk ? ('storage-low' as const) : ('system-degraded' as const),
    fingerprint: fingerprintOf(result),
    ...(state === 'failed' ? { severity: 'error' as const } : {}),
    subject: { kind: 'probe', id: name, name },
    filling: { params: { detail } },
    page: '/operations/health',
  };
}

function fingerprintOf({ name }: ProbeResult): string {
  return `health:${name}`;
}
