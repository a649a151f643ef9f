/** Health (P-054): every word comes from a probe that was run; what was not probed is not called healthy. */
import type { Clock } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';

export type ProbeState = 'ok' | 'degraded' | 'failed';

export interface ProbeResult {
  readonly name: string;
  readonly state: ProbeState;
  /** What was measured or what went wrong, for those who may see it. */
  readonly detail: string;
  readonly ms: number;
}

export interface Probe {
  readonly name: string;
  readonly run: (signal: AbortSignal) => Promise<{ readonly state: ProbeState; readonly detail: string }>;
}

export interface HealthReport {
  readonly state: ProbeState;
  readonly probes: readonly ProbeResult[];
}

const probeTimeoutMs = 5000;

/** Runs all probes at once; one that throws or takes more than five seconds has failed. */
export async function probeHealth(probes: readonly Probe[], clock: Clock): Promise<HealthReport> {
  const results = await Promise.all(probes.map((probe) => runProbe(probe, clock)));
  return { state: worst(results.map((result) => result.state)), probes: results };
}

async function runProbe(probe: Probe, clock: Clock): Promise<ProbeResult> {
  const begun = clock.monotonic();
  const signal = AbortSignal.timeout(probeTimeoutMs);
  const expired = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`no answer within ${probeTimeoutMs} ms`)), { once: true });
  });
  const outcome = await Promise.race([probe.run(signal), expired]).catch((error: unknown) => ({
    state: 'failed' as const,
    detail: toKuraError(error).message,
  }));
  return { name: probe.name, ...outcome, ms: Math.round(clock.monotonic() - begun) };
}

function worst(states: readonly ProbeState[]): ProbeState {
  if (states.includes('failed')) return 'failed';
  return states.includes('degraded') ? 'degraded' : 'ok';
}
