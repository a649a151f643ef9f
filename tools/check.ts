/** `npm run check [GATE…]`: every gate over the whole tree, the same by hand, before a commit and in CI. */
import path from 'node:path';

import { allGates } from './gates/all-gates.ts';
import { printOutcome } from './gates/print-outcome.ts';
import { runGates } from './gates/run-gates.ts';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => allGates.every((gate) => gate.name !== name));
if (unknown.length > 0) {
  console.error(`No such gate: ${unknown.join(', ')}. There are: ${allGates.map((gate) => gate.name).join(', ')}.`);
  process.exit(2);
}
const gates = wanted.length === 0 ? allGates : allGates.filter((gate) => wanted.includes(gate.name));
const outcomes = await runGates(gates, { root: path.dirname(import.meta.dirname), atOnce: 2, onOutcome: printOutcome });
const failed = outcomes.filter((outcome) => !outcome.passed);
console.log(
  failed.length === 0
    ? `All ${outcomes.length} gates passed.`
    : `Failed: ${failed.map(({ name }) => name).join(', ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
