/** What a program may use, held by the kernel (setrlimit(2)) and by whoever waits for it. */
import { KIB, MIB } from '#kernel/units';

export interface IsolationLimits {
  /** Address space of each process; what it fills may be less. */
  readonly memoryBytes: number;
  /** Of each process. */
  readonly cpuSeconds: number;
  /** Of the whole run. */
  readonly wallSeconds: number;
  /** Longest file it may write, and all that its private folder for temporary files holds. */
  readonly fileBytes: number;
  /** Of each process. */
  readonly openFiles: number;
  /** Processes and threads at the same time. */
  readonly processes: number;
  /** Longest standard output, and longest standard error. */
  readonly outputBytes: number;
}

export type IsolationPreset = 'minimal' | 'development' | 'analysis' | 'scan' | 'standard';

/**
 * Memory, CPU, wall, file and descriptors as in models.md, App. A8d, which calls `standard` default; the rest is ours.
 */
export const isolationPresets: Readonly<Record<IsolationPreset, IsolationLimits>> = {
  minimal: preset([64, 10, 20, 10, 20, 4]),
  development: preset([512, 60, 120, 50, 100, 64]),
  analysis: preset([256, 30, 60, 20, 50, 16]),
  scan: preset([128, 15, 30, 100, 100, 16]),
  standard: preset([256, 30, 60, 100, 100, 32]),
};

type PresetRow = readonly [
  memoryMib: number,
  cpuSeconds: number,
  wallSeconds: number,
  fileMib: number,
  openFiles: number,
  processes: number,
];

function preset([memoryMib, cpuSeconds, wallSeconds, fileMib, openFiles, processes]: PresetRow): IsolationLimits {
  const sizes = { memoryBytes: memoryMib * MIB, fileBytes: fileMib * MIB, outputBytes: 256 * KIB };
  return { ...sizes, cpuSeconds, wallSeconds, openFiles, processes };
}

/** Options of prlimit(1). The process limit counts all processes of a user, so it is given only where the user is new. */
export function limitOptions(limits: IsolationLimits, isNewUser: boolean): readonly string[] {
  return [
    `--as=${limits.memoryBytes}`,
    // A second after the signal that can be caught comes the one that cannot.
    `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 1}`,
    `--fsize=${limits.fileBytes}`,
    `--nofile=${limits.openFiles}`,
    ...(isNewUser ? [`--nproc=${limits.processes}`] : []),
    // A dump would leave what the program has read on the disk.
    '--core=0',
  ];
}
