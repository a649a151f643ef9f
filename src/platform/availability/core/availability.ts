/** Observing, and telling what was observed. */
import { setTimeout as sleep } from 'node:timers/promises';

import { instant } from '#kernel/brands';
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { IdSource } from '#kernel/ids';
import { DAY } from '#kernel/units';
import type { Database } from '#platform/db';
import { type Probe, probeHealth } from '#platform/health';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { AvailabilityPeriod, AvailabilityView } from '../contract/index.ts';
import type { AvailabilityTables } from '../store/availability-tables.ts';
import { findSpans, firstObservation, markStopped, newestSpan, type SpanRow } from '../store/span-store.ts';
import { addDays, type Days, instantsOf, periodsOf, todayIn } from './calendar.ts';
import { figuresOf, incidentsOf, type Span, timelineOf } from './figures.ts';
import { noteObservations } from './note-observations.ts';
import { type Observation, observationOf, observeEveryMs } from './observation.ts';

export interface Availability {
  /** One look at the probes. What cannot be stored, because the database is the fault, is stored after a later look. */
  observe(): Promise<void>;
  /** That somebody stops Kura now; a gap that follows is not its fault. */
  noteStop(): Promise<void>;
  /** Looks each minute until disposed of; that is a stop. */
  watch(reportError: (error: unknown) => void): AsyncDisposable;
  /** @throws KuraError invalid `availability.bad-period`. */
  read(asked: AskedPeriod): Promise<AvailabilityView>;
}

export interface AskedPeriod {
  readonly by: AvailabilityPeriod;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface AvailabilityDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly probes: readonly Probe[];
  /** The organisation's. */
  readonly zone: () => string;
  /** `availability.target`. */
  readonly targetPercent: () => number;
}

const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };
const longestDays = 400;
const usualDays = 30;
const mostIncidents = 200;
/** A day of looks; a fault of the database that lasts longer is a gap from then on. */
const mostWaiting = DAY / observeEveryMs;

export function createAvailability(deps: AvailabilityDeps): Availability {
  const { database, unitOfWork, clock, probes } = deps;
  const waiting: Observation[] = [];

  async function observe(): Promise<void> {
    // When it began: a probe may take its five seconds.
    const at = nowInstant(clock);
    const report = await probeHealth(probes, clock);
    waiting.push(observationOf(report, at));
    if (waiting.length > mostWaiting) waiting.shift();
    await withWaiting((noted) =>
      unitOfWork.write(kura, (tx) => noteObservations(tx, deps, noted), { durability: 'relaxed' }),
    );
  }

  /** What `store` was given waits no longer, unless it fails. */
  async function withWaiting(store: (noted: readonly Observation[]) => Promise<void>): Promise<void> {
    const noted = [...waiting];
    await store(noted);
    waiting.splice(0, noted.length);
  }

  async function noteStop(): Promise<void> {
    await withWaiting((noted) =>
      unitOfWork.write(kura, async (tx) => {
        // What could not be stored before: else the fault would count as a part of the stop.
        await noteObservations(tx, deps, noted);
        const writes = tx.tables<AvailabilityTables>();
        const newest = await newestSpan(writes);
        if (newest !== undefined) await markStopped(writes, newest.id, nowInstant(clock));
      }),
    );
  }

  async function look(reportError: (error: unknown) => void, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await observe().catch(reportError);
      await sleep(observeEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
    await noteStop().catch(reportError);
  }

  return {
    observe,
    noteStop,
    watch(reportError) {
      const stopping = new AbortController();
      const loop = look(reportError, stopping.signal);
      return {
        async [Symbol.asyncDispose]() {
          stopping.abort();
          await loop;
        },
      };
    },
    read: (asked) => readFigures(deps, database, asked),
  };
}

async function readFigures(deps: AvailabilityDeps, database: Database, asked: AskedPeriod): Promise<AvailabilityView> {
  const reads = database.tables<AvailabilityTables>();
  const [zone, now, targetPercent] = [deps.zone(), deps.clock.now(), deps.targetPercent()];
  const days = daysOf(asked, todayIn(zone, now));
  const { from, until } = instantsOf(days, zone);
  const rows = await findSpans(reads, instant(new Date(from)), instant(new Date(until)));
  const newest = await newestSpan(reads);
  const last = rows.at(-1);
  const end = last === undefined || last.id === newest?.id ? now : Date.parse(last.to_at);
  const pieces = timelineOf(rows.map(spanOf), end);
  const total = figuresOf(pieces, from, until);
  const incidents = incidentsOf(pieces, from, until);
  const over = incidents.filter((one) => one.until !== null);
  const observed = total.upSeconds + total.downSeconds;
  const allowedSeconds = Math.floor((observed * (100 - targetPercent)) / 100);
  return {
    zone,
    observedSince: (await firstObservation(reads)) ?? null,
    observedUntil: newest?.to_at ?? null,
    targetPercent,
    total: { ...days, ...total },
    budget: { allowedSeconds, usedSeconds: total.downSeconds, leftSeconds: allowedSeconds - total.downSeconds },
    mttrSeconds: meanOf(
      over.reduce((sum, one) => sum + one.seconds, 0),
      over.length,
    ),
    mtbfSeconds: meanOf(total.upSeconds, incidents.length),
    periods: periodsOf(days, asked.by).map((one) => {
      const bounds = instantsOf(one, zone);
      return { ...one, ...figuresOf(pieces, bounds.from, bounds.until) };
    }),
    incidents: incidents.toReversed().slice(0, mostIncidents),
    incidentsCut: incidents.length > mostIncidents,
  };
}

function daysOf({ from, to }: AskedPeriod, today: string): Days {
  const days = { from: from ?? addDays(to ?? today, 1 - usualDays), to: to ?? today };
  const isShort = days.from <= days.to && Date.parse(days.to) - Date.parse(days.from) < longestDays * DAY;
  // Days of five-digit years are written otherwise: none is asked about that could lead there.
  if (isShort && days.to <= addDays(today, longestDays)) return days;
  throw new KuraError('invalid', 'availability.bad-period', { params: { ...days, days: longestDays } });
}

function spanOf({ state, probes, detail, from_at, to_at, stopped_at }: SpanRow): Span {
  return {
    state,
    probes: probes === '' ? [] : probes.split(','),
    detail,
    from: Date.parse(from_at),
    to: Date.parse(to_at),
    stoppedAt: stopped_at === null ? null : Date.parse(stopped_at),
  };
}

function meanOf(sum: number, count: number): number | null {
  return count === 0 ? null : Math.round(sum / count);
}
