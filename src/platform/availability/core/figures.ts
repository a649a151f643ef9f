/** Figures from spans. Pure: the same spans and times give the same figures. */
import type { AvailabilityIncident } from '../contract/index.ts';
import { longestStepMs } from './observation.ts';

export interface Span {
  readonly state: 'ok' | 'degraded' | 'failed';
  readonly probes: readonly string[];
  readonly detail: string | null;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** When somebody stopped Kura after it; null: nobody did. */
  readonly stoppedAt: number | null;
}

export interface Piece {
  readonly state: 'ok' | 'degraded' | 'failed' | 'vanished' | 'stopped';
  readonly from: number;
  readonly to: number;
  readonly probes: readonly string[];
  readonly detail: string | null;
}

/**
 * All of the time from the first span to now, without holes. Between two spans, and after the last, Kura was stopped from when
 * somebody stopped it, else it had vanished. The time since the last look counts as it was seen until the next one is overdue,
 * also when the next thing was the stop.
 */
export function timelineOf(spans: readonly Span[], now: number): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const [index, span] of spans.entries()) {
    const { state, probes, detail, from, to, stoppedAt } = span;
    const end = spans[index + 1]?.from ?? Math.max(now, to);
    // A clock that was set back does not make a stop before the last look.
    const leftAt = stoppedAt === null ? end : Math.min(Math.max(stoppedAt, to), end);
    const isOpen = stoppedAt !== null || index === spans.length - 1;
    const seenTo = isOpen && leftAt - to <= longestStepMs ? leftAt : to;
    pieces.push({ state, probes, detail, from, to: seenTo });
    if (leftAt > seenTo) pieces.push({ state: 'vanished', probes: [], detail: null, from: seenTo, to: leftAt });
    if (end > leftAt) pieces.push({ state: 'stopped', probes: [], detail: null, from: leftAt, to: end });
  }
  return pieces;
}

export interface Figures {
  readonly upSeconds: number;
  readonly degradedSeconds: number;
  readonly downSeconds: number;
  readonly stoppedSeconds: number;
  readonly unknownSeconds: number;
  readonly percent: number | null;
  readonly incidents: number;
}

/** @param until exclusive. */
export function figuresOf(pieces: readonly Piece[], from: number, until: number): Figures {
  const ms = { ok: 0, degraded: 0, failed: 0, vanished: 0, stopped: 0 };
  for (const piece of pieces) {
    const length = Math.min(piece.to, until) - Math.max(piece.from, from);
    if (length > 0) ms[piece.state] += length;
  }
  const [up, down] = [ms.ok + ms.degraded, ms.failed + ms.vanished];
  const begun = runsOf(pieces).filter(([first]) => first !== undefined && first.from >= from && first.from < until);
  return {
    upSeconds: seconds(up),
    degradedSeconds: seconds(ms.degraded),
    downSeconds: seconds(down),
    stoppedSeconds: seconds(ms.stopped),
    unknownSeconds: seconds(until - from - up - down - ms.stopped),
    percent: percentOf(up, down),
    incidents: begun.length,
  };
}

/** Those that touch the time, oldest first. */
export function incidentsOf(pieces: readonly Piece[], from: number, until: number): readonly AvailabilityIncident[] {
  const last = pieces.at(-1);
  return runsOf(pieces).flatMap((run) => {
    const [first, end] = [run[0], run.at(-1)];
    if (first === undefined || end === undefined || end.to <= from || first.from >= until) return [];
    const kind = run.some(({ state }) => state === 'failed') ? ('failed' as const) : ('vanished' as const);
    return [
      {
        from: new Date(first.from).toISOString(),
        until: end === last ? null : new Date(end.to).toISOString(),
        seconds: seconds(end.to - first.from),
        kind,
        probes: [...new Set(run.flatMap(({ probes }) => probes))].toSorted(),
        detail: run.find(({ detail }) => detail !== null)?.detail ?? null,
      },
    ];
  });
}

/** Pieces that were down one after the other: one incident each. */
function runsOf(pieces: readonly Piece[]): ReadonlyArray<readonly Piece[]> {
  const runs: Piece[][] = [];
  let open: Piece[] | undefined;
  for (const piece of pieces) {
    if (piece.state !== 'failed' && piece.state !== 'vanished') {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      runs.push(open);
    }
    open.push(piece);
  }
  return runs;
}

/** Rounded down: 99.4999 is not 99.5. */
function percentOf(up: number, down: number): number | null {
  return up + down === 0 ? null : Math.floor((up / (up + down)) * 100_000) / 1000;
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
