/** Alerts as others use them: something is wrong, it is over, somebody takes it on. */
import { type Instant, instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { DAY } from '#kernel/units';
import { isUniqueViolation } from '#platform/db';
import { type HandledJob, handleJob } from '#platform/jobs';
import { defineSchedule } from '#platform/schedule';
import type { Actor } from '#platform/unit-of-work';

import type { AlertTypeName } from '../contract/index.ts';
import {
  type AlertCount,
  type AlertQuery,
  alertTimes,
  countAlerts,
  deleteResolvedBefore,
  findAlert,
  findNewest,
  historyOf,
  lastingAbout,
  listAlerts,
} from '../store/alert-store.ts';
import { type ActAnswer, type ActRequest, actOnAlerts } from './act-on-alerts.ts';
import type { Alert, AlertSignal } from './alert.ts';
import { lookAgainJob, tidyAlertsJob } from './alert-jobs.ts';
import { again, begin, clear, lookAgain } from './alert-life.ts';
import type { AlertsDeps } from './alerts-deps.ts';
import type { AlertTimes } from './measure-alerts.ts';
import { takeStep } from './take-step.ts';

/** When it was, and as which event; an event that comes again changes nothing. */
export interface Occurrence {
  readonly at: Instant;
  /** Null for what was found by looking. */
  readonly position: number | null;
}

export interface Alerts {
  raise(signal: AlertSignal, occurrence: Occurrence): Promise<void>;
  /** What the alert with this fingerprint told of is over; nothing happens when there is none. */
  clear(fingerprint: string, occurrence: Occurrence): Promise<void>;
  /** What lasts and tells of it is over. */
  clearAbout(subject: Pick<Alert['subject'], 'kind' | 'id'>, occurrence: Occurrence): Promise<void>;
  act(actor: Actor, request: ActRequest): Promise<ActAnswer>;
  /** What time has brought to the alert; does nothing before its time. */
  lookAgain(id: string): Promise<void>;
  list(query: AlertQuery): Promise<readonly Alert[]>;
  find(id: string): Promise<Alert | undefined>;
  history(id: string): ReturnType<typeof historyOf>;
  counts(types: readonly AlertTypeName[]): Promise<readonly AlertCount[]>;
  times(types: readonly AlertTypeName[], since: Instant): Promise<readonly AlertTimes[]>;
  /** Forgets what has been over for longer than it is to be kept. */
  tidy(): Promise<number>;
  readonly setUpSchedules: (zone: string, actor: Actor) => Promise<void>;
  readonly jobHandlers: readonly HandledJob[];
}

const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };

export function createAlerts(deps: AlertsDeps): Alerts {
  const { database, clock, unitOfWork } = deps;
  const alerts: Alerts = {
    raise: (signal, occurrence) => raise(deps, signal, occurrence),
    clear: (fingerprint, occurrence) => clearOne(deps, fingerprint, occurrence),
    async clearAbout(subject, occurrence) {
      for (const fingerprint of await lastingAbout(database, subject)) await clearOne(deps, fingerprint, occurrence);
    },
    act: (actor, request) => actOnAlerts(deps, actor, request),
    lookAgain: (id) => lookAgainAt(deps, id),
    list: (query) => listAlerts(database, query),
    find: (id) => findAlert(database, id),
    history: (id) => historyOf(database, id),
    counts: (types) => countAlerts(database, types),
    times: (types, since) => alertTimes(database, types, since),
    tidy: () => {
      const before = instant(new Date(clock.now() - deps.keepDays() * DAY));
      return unitOfWork.write(kura, (tx) => deleteResolvedBefore(tx, before));
    },
    setUpSchedules: async (zone, actor) => {
      const timing = { kind: 'cron', cron: '17 4 * * *', zone } as const;
      const definition = defineSchedule({ id: 'alerts.tidy', job: tidyAlertsJob, payload: {}, timing });
      await unitOfWork.write(actor, (tx) => deps.scheduler.upsert(tx, definition));
    },
    jobHandlers: [
      handleJob(lookAgainJob, async ({ payload }) => alerts.lookAgain(payload.alertId)),
      handleJob(tidyAlertsJob, async ({ report }) => report({ removed: await alerts.tidy() })),
    ],
  };
  return alerts;
}

async function raise(deps: AlertsDeps, signal: AlertSignal, occurrence: Occurrence): Promise<void> {
  try {
    await raiseOnce(deps, signal, occurrence);
  } catch (error) {
    // Somebody else began the same alert in this moment: by now it is there to be counted.
    if (!isUniqueViolation(error)) throw error;
    await raiseOnce(deps, signal, occurrence);
  }
}

async function raiseOnce(deps: AlertsDeps, signal: AlertSignal, { at, position }: Occurrence): Promise<void> {
  await deps.unitOfWork.write(kura, async (tx) => {
    const known = await findNewest(tx, signal.fingerprint);
    if (isOld(known, position)) return;
    const step = known === undefined ? undefined : again(known, signal, { at, position });
    await takeStep(deps, tx, step ?? begin(signal, { id: deps.ids.next(), at, position }), { at, by: null });
  });
}

async function clearOne(deps: AlertsDeps, fingerprint: string, { at, position }: Occurrence): Promise<void> {
  const seen = await findNewest(deps.database, fingerprint);
  // The usual case by far: all went well, and nothing was wrong before.
  if (seen === undefined || seen.state === 'resolved') return;
  await deps.unitOfWork.write(kura, async (tx) => {
    const known = await findNewest(tx, fingerprint);
    const step = known === undefined || isOld(known, position) ? undefined : clear(known, { at, position });
    if (step !== undefined) await takeStep(deps, tx, step, { at, by: null });
  });
}

function isOld(known: Alert | undefined, position: number | null): boolean {
  const last = known?.lastPosition ?? null;
  return position !== null && last !== null && position <= last;
}

async function lookAgainAt(deps: AlertsDeps, id: string): Promise<void> {
  await deps.unitOfWork.write(kura, async (tx) => {
    const known = await findAlert(tx, id);
    const at = nowInstant(deps.clock);
    const step = known === undefined ? undefined : lookAgain(known, at, deps.escalation());
    if (step !== undefined) await takeStep(deps, tx, step, { at, by: null });
  });
}
