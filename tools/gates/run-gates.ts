import { type Gate, passes, type Verdict } from './gate.ts';

export interface GateOutcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  readonly verdict: Verdict;
}

interface RunOptions {
  readonly root: string;
  /** Gates at the same time; each is mostly one busy process. */
  readonly atOnce: number;
  readonly onOutcome: (outcome: GateOutcome) => void;
  readonly signal?: AbortSignal;
}

/** Runs the gates in order, a few at a time. A gate that breaks has not passed. */
export async function runGates(gates: readonly Gate[], options: RunOptions): Promise<readonly GateOutcome[]> {
  const waiting = [...gates];
  const outcomes: GateOutcome[] = [];
  async function work(): Promise<void> {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      const outcome = await runGate(gate, options);
      outcomes.push(outcome);
      options.onOutcome(outcome);
    }
  }
  await Promise.all(Array.from({ length: options.atOnce }, () => work()));
  return outcomes;
}

async function runGate(gate: Gate, { root, signal }: RunOptions): Promise<GateOutcome> {
  const started = performance.now();
  let verdict: Verdict;
  try {
    verdict = await gate.check(root, signal);
  } catch (error) {
    signal?.throwIfAborted();
    verdict = { looked: 0, unit: 'files', problems: [error instanceof Error ? error.message : String(error)] };
  }
  return { name: gate.name, passed: passes(verdict), seconds: (performance.now() - started) / 1000, verdict };
}
