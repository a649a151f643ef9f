import type { Machine } from './machine.ts';
import type { Sample } from './measure.ts';
import { isNoisy, type Summary } from './summary.ts';

export interface ContenderReport extends Summary {
  readonly name: string;
  readonly version: string;
  readonly command: string;
  readonly samples: readonly Sample[];
}

export interface Report {
  readonly area: string;
  readonly title: string;
  /** What one unit of the per-unit figures is, and how many one run handles. */
  readonly unit: string;
  readonly units: number;
  readonly rounds: number;
  /** Whether a round went before them that does not count. */
  readonly warmedUp: boolean;
  readonly startedAt: string;
  readonly machine: Machine;
  /** The first is ours; the others are what it is compared with. */
  readonly contenders: readonly ContenderReport[];
}

/** What may be said about ours against `peer`: ratios of medians, or that the machine was too busy to say anything. */
export function verdict(ours: ContenderReport, peer: ContenderReport): string {
  if (isNoisy([...ours.samples, ...peer.samples])) return 'noisy';
  const wall = ratio(ours.wallSeconds, peer.wallSeconds);
  const cpu = ratio(ours.cpuSeconds, peer.cpuSeconds);
  return `wall ${wall}, CPU ${cpu} of ${peer.name}`;
}

export function toMarkdown(report: Report): string {
  const [ours, ...peers] = report.contenders;
  const { machine, unit, units } = report;
  const lines = [
    `# ${report.title}`,
    '',
    `${report.startedAt}, ${machine.cpu}, ${machine.cores} cores, ${gib(machine.memoryBytes)} GiB, ${machine.system}, Node ${machine.node}.`,
    `${report.rounds} interleaved rounds${report.warmedUp ? ' after one to warm up' : ''}, medians; ${units} ${unit} per run.`,
    '',
    `| Contender | Version | Wall s | CPU s | Wall ms/${unit} | CPU ms/${unit} | Peak MiB | CPU taken by others |`,
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...report.contenders.map((contender) => row(contender, units)),
    '',
    ...(ours === undefined ? [] : peers.map((peer) => `- ${ours.name} against ${peer.name}: ${verdict(ours, peer)}`)),
    '',
    ...report.contenders.map(({ name, command }) => `- ${name}: \`${command}\``),
  ];
  return `${lines.join('\n')}\n`;
}

function row({ name, version, wallSeconds, cpuSeconds, peakBytes, samples }: ContenderReport, units: number): string {
  const others = samples.map((sample) => sample.othersShare ?? Number.NaN);
  const cells = [
    name,
    version,
    wallSeconds.toFixed(3),
    cpuSeconds.toFixed(3),
    ((wallSeconds / units) * 1000).toPrecision(3),
    ((cpuSeconds / units) * 1000).toPrecision(3),
    (peakBytes / 1024 ** 2).toFixed(0),
    others.some(Number.isNaN) ? 'unknown' : `up to ${(Math.max(...others) * 100).toFixed(0)} %`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function ratio(ours: number, theirs: number): string {
  return theirs === 0 ? 'n/a' : `${(ours / theirs).toFixed(2)} ×`;
}

function gib(bytes: number): string {
  return (bytes / 1024 ** 3).toFixed(1);
}
