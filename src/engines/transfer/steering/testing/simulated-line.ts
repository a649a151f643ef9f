/** A network in numbers: how many bytes come in a given time over a given number of connections, without waiting. */
import type { Clock } from '#kernel/clock';
import { SECOND } from '#kernel/units';

import { Governor, type SteeringDecision } from '../governor.ts';
import { HostState } from '../host-state.ts';
import { type SteeringMode, steeringLimits } from '../modes.ts';
import type { Vitals } from '../vitals.ts';

/** Rates in bytes per second; what is left out does not limit. */
export interface Line {
  readonly perConnection?: number;
  readonly shared?: number;
  /** Connections above this are refused. */
  readonly serverLimit?: number;
  readonly retryAfterMs?: number;
}

export interface Simulation {
  readonly mode?: SteeringMode;
  readonly connections?: number;
  readonly line: (elapsedMs: number) => Line;
  readonly seconds: number;
  readonly latencyMs?: number;
  readonly vitals?: (elapsedMs: number) => Vitals;
  /** Deviation of the speed of each step: 0.1 for ±10 %. */
  readonly noise?: (step: number) => number;
  readonly host?: HostState;
  readonly clock?: SimulatedClock;
}

export interface SimulationResult {
  readonly bytes: number;
  readonly refusals: number;
  readonly decisions: readonly SteeringDecision[];
  /** Target after each step. */
  readonly targets: readonly number[];
  readonly mostOpen: number;
}

export interface SimulatedClock extends Clock {
  advance(ms: number): void;
}

export const healthy: Vitals = { lagMs: 1, cpuShare: 0.1, rssBytes: 100e6 };

export function simulatedClock(): SimulatedClock {
  let ms = 0;
  return {
    now: () => ms,
    monotonic: () => ms,
    advance: (by) => {
      ms += by;
    },
  };
}

const STEP_MS = 50;

/** Runs a transfer without end over the line. */
export function simulate(simulation: Simulation): SimulationResult {
  const { line, mode, connections, seconds, latencyMs = 40, vitals = () => healthy, noise = () => 1 } = simulation;
  const clock = simulation.clock ?? simulatedClock();
  const host = simulation.host ?? new HostState('files.example', clock);
  const decisions: SteeringDecision[] = [];
  const options = {
    host,
    limits: steeringLimits(mode, connections),
    clock,
    onDecision: (decision: SteeringDecision) => decisions.push(decision),
  };
  using governor = new Governor(options, healthy);
  /** When each open connection brings its first byte. */
  let open: number[] = [];
  const result = { bytes: 0, refusals: 0, mostOpen: 0 };
  const targets: number[] = [];
  const startedAt = clock.monotonic();
  for (let step = 0; step * STEP_MS < seconds * SECOND; step += 1) {
    const now = clock.monotonic();
    const { perConnection = Infinity, shared = 1e9, serverLimit = Infinity, retryAfterMs } = line(now - startedAt);
    while (open.length < governor.target) open.push(now + latencyMs);
    result.mostOpen = Math.max(result.mostOpen, open.length);
    open = open.slice(0, governor.target);
    governor.inUse = open.length;
    while (open.length > serverLimit) {
      open.pop();
      governor.inUse = open.length;
      result.refusals += 1;
      governor.refused(retryAfterMs);
    }
    const working = open.filter((at) => at <= now).length;
    const rate = Math.min(shared, working * perConnection) * noise(step);
    result.bytes += (working === 0 ? 0 : rate) * (STEP_MS / SECOND);
    clock.advance(STEP_MS);
    governor.tick({ receivedBytes: result.bytes, working, isEnding: false, vitals: vitals(now - startedAt) });
    targets.push(governor.target);
  }
  return { ...result, decisions, targets };
}
