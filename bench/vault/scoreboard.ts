/** The table of the whole comparison: what each tool took, and whether ours reached its goals against restic. */
import { isNoisy } from '../harness/summary.ts';
import type { StepResult } from './steps.ts';

/** Our memory has a bound of its own; in MiB. */
const MEMORY_GOAL = 300;
/** The repository may be so many times as large as restic's after the first backup. */
const SIZE_GOAL = 1.03;

export function scoreboard(results: readonly StepResult[]): string {
  const lines = [
    '| Work | Tool | CPU s | × restic | Wall s | × restic | Peak MiB | Repository MB | Added per run MB |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...results.flatMap(rowsOf),
    '',
    ...results.flatMap(verdictsOf),
  ];
  return `${lines.join('\n')}\n`;
}

function rowsOf({ title, report, repositories }: StepResult): readonly string[] {
  const restic = report.contenders.find(({ name }) => name === 'restic');
  return report.contenders.map(({ name, cpuSeconds, wallSeconds, peakBytes }, index) => {
    const { bytes, addedPerRun } = repositories[index] ?? { bytes: 0, addedPerRun: 0 };
    const cells = [
      title,
      name,
      cpuSeconds.toFixed(2),
      times(cpuSeconds, restic?.cpuSeconds),
      wallSeconds.toFixed(2),
      times(wallSeconds, restic?.wallSeconds),
      (peakBytes / 2 ** 20).toFixed(0),
      (bytes / 1e6).toFixed(1),
      (addedPerRun / 1e6).toFixed(3),
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

function verdictsOf({ title, goals, report, repositories }: StepResult, step: number): readonly string[] {
  const [ours] = report.contenders;
  const at = report.contenders.findIndex(({ name }) => name === 'restic');
  const restic = report.contenders[at];
  if (ours === undefined || restic === undefined) return [];
  const noise = isNoisy([...ours.samples, ...restic.samples]) ? ' (others used the machine meanwhile)' : '';
  const said = [verdict(`${title}: memory in MiB`, ours.peakBytes / 2 ** 20, MEMORY_GOAL)];
  if (goals !== undefined) said.push(verdict(`${title}: CPU`, ours.cpuSeconds / restic.cpuSeconds, goals.cpu) + noise);
  if (goals?.wall !== undefined) {
    said.push(verdict(`${title}: wall`, ours.wallSeconds / restic.wallSeconds, goals.wall) + noise);
  }
  if (step === 0) {
    const size = (repositories[0]?.bytes ?? 0) / (repositories[at]?.bytes ?? 1);
    said.push(verdict('Repository size', size, SIZE_GOAL));
  }
  return said;
}

function verdict(what: string, figure: number, goal: number): string {
  return `- ${figure <= goal ? 'reached' : 'MISSED'}: ${what} ${figure.toFixed(2)}, goal ≤ ${goal}`;
}

function times(figure: number, restic: number | undefined): string {
  return restic === undefined ? '–' : (figure / restic).toFixed(2);
}
