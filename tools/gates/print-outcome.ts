import type { GateOutcome } from './run-gates.ts';

const SHOWN_PROBLEMS = 200;

export function printOutcome({ name, passed, seconds, verdict }: GateOutcome): void {
  const mark = passed ? 'ok  ' : 'FAIL';
  console.log(`${mark} ${name.padEnd(11)} ${verdict.looked} ${verdict.unit} (${seconds.toFixed(1)} s)`);
  if (verdict.looked === 0) console.log('     It looked at nothing, which proves nothing.');
  for (const problem of verdict.problems.slice(0, SHOWN_PROBLEMS)) console.log(problem.replaceAll(/^/gm, '     '));
  const more = verdict.problems.length - SHOWN_PROBLEMS;
  if (more > 0) console.log(`     … and ${more} more.`);
}
