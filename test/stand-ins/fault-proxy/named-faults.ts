/** Every fault by its name, with its details drawn from a seed. */
import type { Dice } from '../civitai/catalogue/dice.ts';
import { expired } from './fault-proxy.ts';
import type { Ask, Behave, Ending, Misbehaviour } from './misbehaviour.ts';
import { seededContent } from './seeded-content.ts';

interface Draw {
  readonly dice: Dice;
  /** Length of the file, bytes. */
  readonly size: number;
}

/** What is wrong with one answer to the file's route; drawn anew for each. */
type Strike = (draw: Draw, ask: Ask) => Misbehaviour;

const strikes = {
  cut: (draw) => ({ end: { after: anywhere(draw), how: 'close' } }),
  reset: (draw) => ({ end: { after: anywhere(draw), how: 'reset' } }),
  stall: (draw) => ({ end: { after: anywhere(draw), how: 'silence' } }),
  'slow-loris': (draw) => ({ end: { after: anywhere(draw), how: 'trickle' } }),
  'half-open': () => ({ unanswered: 'silence' }),
  'slow-head': () => ({ unanswered: 'trickle' }),
  unanswered: ({ dice }) => ({ unanswered: dice.pick<Ending>(['close', 'reset']) }),
  garbage: () => ({ garbage: true }),
  flipped: (draw) => ({ flipAt: anywhere(draw) }),
  'length-too-long': ({ dice }) => ({ lengthBy: dice.int(1, 100_000) }),
  'length-too-short': ({ dice, size }) => ({ lengthBy: -dice.int(1, Math.min(1000, size - 1)) }),
  gzip: () => ({ gzip: true }),
  chunked: () => ({ chunked: true }),
  'range-ignored': () => ({ ignoreRange: true }),
  'from-start': () => ({ fromStart: true }),
  'wrong-content-range': () => ({ contentRange: 'shifted' }),
  'no-content-range': () => ({ contentRange: 'missing' }),
  'total-changes': ({ dice }) => ({ totalBy: dice.int(1, 1000) }),
  'another-version': ({ dice, size }) => ({
    content: seededContent(`another ${dice.int(0, 9)}`, size),
    ignoreIfRange: true,
  }),
  'html-page': () => ({ instead: { status: 200, headers: { 'content-type': 'text/html' }, text: page } }),
  'html-untold': () => ({
    instead: { status: 200, headers: { 'content-type': 'application/octet-stream' }, text: page },
  }),
  unauthorised: () => refusal(401),
  forbidden: () => refusal(403),
  missing: () => refusal(404),
  gone: () => refusal(410),
  'beyond-end': () => refusal(416),
  'too-many': () => refusal(429),
  'too-many-wait': () => refusal(429, { 'retry-after': '1' }),
  broken: () => refusal(500),
  unavailable: () => refusal(503),
  'redirect-loop': (_, ask) => redirect(`${ask.path}?loop=${ask.hit}`),
  'redirect-to-file': () => redirect('file:///etc/passwd'),
  'signed-address-dies': () => expired,
} satisfies Readonly<Record<string, Strike>>;

export type FaultName = keyof typeof strikes;

export const faultNames = Object.keys(strikes) as readonly FaultName[];

const page = '<!DOCTYPE html>\n<html><head><title>Just a moment…</title></head><body>Log in</body></html>';

/** Anywhere in the file, both ends included; half of the time in its first MiB, where all asks have bytes. */
function anywhere({ dice, size }: Draw): number {
  return dice.int(0, Math.max(0, (dice.chance(0.5) ? size : Math.min(size, 1024 * 1024)) - 1));
}

function refusal(status: number, headers: Readonly<Record<string, string>> = {}): Misbehaviour {
  return { instead: { status, headers, text: `status ${status}` } };
}

function redirect(location: string): Misbehaviour {
  return { instead: { status: 302, headers: { location } } };
}

export interface FaultTiming {
  /** Asks for the file that are answered well before the first strike; default 0. */
  readonly after?: number;
  /** How many asks are struck; default for ever. */
  readonly times?: number;
}

/** Strikes asks for the file, one after the other from `after` on, until it has struck `times`. */
export function fault(
  name: FaultName,
  draw: Draw,
  { after = 0, times = Number.POSITIVE_INFINITY }: FaultTiming = {},
): Behave {
  const strike: Strike = strikes[name];
  let seen = 0;
  return (ask) => {
    if (ask.route !== 'file') return {};
    seen += 1;
    return seen > after && seen <= after + times ? strike(draw, ask) : {};
  };
}

/** Signed addresses given out until the ask number `after` are dead from then on, and the connection that was using one ends. */
export function addressesDie(draw: Draw, after: number): Behave {
  let dead = -1;
  let seen = 0;
  return (ask) => {
    if (ask.route !== 'file' || ask.signature === undefined) return {};
    seen += 1;
    if (seen === after) {
      dead = ask.signature;
      return { end: { after: anywhere(draw), how: 'close' } };
    }
    return ask.signature <= dead ? expired : {};
  };
}

/** Several at once: where they contradict each other, the later wins. */
export function together(behaves: readonly Behave[]): Behave {
  return (ask) => Object.assign({}, ...behaves.map((behave) => behave(ask)));
}
