/**
 * Hosts that asked for a pause, for all transfers of a process: nobody asks them for an address meanwhile, and when it is
 * over one request goes first to see whether it is. (CivitAI counts each download against the account, §4.2.)
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { MINUTE, SECOND } from '#kernel/units';

export interface HostPauses {
  /**
   * Waits until the host may be asked.
   * @throws KuraError what the host said when it refused, with `retryAfterMs`, when the pause is longer than anybody
   * would sit out here; the reason of `signal`.
   */
  pass(host: string, signal: AbortSignal): Promise<void>;
  /** The host refused for haste; without a time of its own each pause is twice as long as the one before. */
  refused(host: string, verdict: KuraError): void;
  /** The host answered anything else. */
  answered(host: string): void;
}

export interface HostPausesOptions {
  readonly clock: Clock;
  /** First pause when the host names none; default 10 s, doubled up to 15 min. */
  readonly firstMs?: number;
  /** Longest pause that is sat out; default 2 min. */
  readonly patienceMs?: number;
}

interface Pause {
  until: number;
  /** Somebody is seeing whether it is over; if nothing is heard by then, the next one does. */
  probedUntil: number;
  refusals: number;
  verdict: KuraError;
}

const LONGEST_MS = 15 * MINUTE;
const PROBE_MS = 10 * SECOND;
const LOOK_EVERY_MS = 0.1 * SECOND;

export function createHostPauses({ clock, ...options }: HostPausesOptions): HostPauses {
  const { firstMs = 10 * SECOND, patienceMs = 2 * MINUTE } = options;
  const pauses = new Map<string, Pause>();

  async function pass(host: string, signal: AbortSignal): Promise<void> {
    for (let pause = pauses.get(host); pause; pause = pauses.get(host)) {
      const left = pause.until - clock.monotonic();
      if (left > patienceMs) throw withTime(pause.verdict, left);
      const probeLeft = pause.probedUntil - clock.monotonic();
      if (left <= 0 && probeLeft <= 0) {
        pause.probedUntil = clock.monotonic() + PROBE_MS;
        return;
      }
      await sleep(left > 0 ? left : Math.min(probeLeft, LOOK_EVERY_MS), undefined, { signal });
    }
  }

  function refused(host: string, verdict: KuraError): void {
    const now = clock.monotonic();
    const earlier = pauses.get(host);
    // Requests that were under way together are refused together: that is one refusal.
    if (earlier && earlier.until > now && verdict.retryAfterMs === undefined) return;
    const refusals = (earlier?.refusals ?? 0) + 1;
    const ms = verdict.retryAfterMs ?? Math.min(LONGEST_MS, firstMs * 2 ** (refusals - 1));
    pauses.set(host, { until: Math.max(earlier?.until ?? 0, now + ms), probedUntil: 0, refusals, verdict });
  }

  return { pass, refused, answered: (host) => void pauses.delete(host) };
}

function withTime({ kind, code, params, cause }: KuraError, leftMs: number): KuraError {
  return new KuraError(kind, code, { params, cause, retryAfterMs: Math.ceil(leftMs) });
}
