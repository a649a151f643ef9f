/** Where a measurement was made, and how busy others kept the machine meanwhile. */
import { readFileSync } from 'node:fs';
import os from 'node:os';

import { KIB } from '#kernel/units';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
}

export interface CpuTimes {
  /** CPU seconds of every process since boot; undefined where /proc is not there. */
  readonly everybody: number | undefined;
  /** CPU seconds of this process and of the children it has waited for. */
  readonly own: number;
}

/** Linux counts in hundredths of a second (USER_HZ, proc(5)). */
const TICKS_PER_SECOND = 100;

export function describeMachine(): Machine {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model ?? 'unknown',
    cores: cpus.length,
    memoryBytes: os.totalmem(),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
  };
}

/**
 * The most memory this process has had, in bytes. Not `maxRSS`: a child of a large process begins with that of its
 * parent, whose memory it shared until it became another program (getrusage(2), exec).
 */
export function peakBytes(): number {
  const kib = Number(/^VmHWM:\s*(\d+) kB$/m.exec(statusOfProcess())?.[1] ?? process.resourceUsage().maxRSS);
  return kib * KIB;
}

/** Empty where there is no /proc. */
function statusOfProcess(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    return '';
  }
}

export function cpuTimes(): CpuTimes {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return { everybody: cpuOfEverybody(), own: (userCPUTime + systemCPUTime) / 1e6 + cpuOfChildren() };
}

/** CPU seconds of another living process: fields 14 and 15 of its stat; 0 where it cannot be known. */
export function cpuOfProcess(pid: number): number {
  const fields =
    read(`/proc/${pid}/stat`)
      ?.replace(/^.*\) /s, '')
      .split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
}

/** Fields 16 and 17 of /proc/self/stat (cutime, cstime); the command in field 2 may contain spaces. */
function cpuOfChildren(): number {
  const fields =
    read('/proc/self/stat')
      ?.replace(/^.*\) /s, '')
      .split(' ') ?? [];
  return (Number(fields[13] ?? 0) + Number(fields[14] ?? 0)) / TICKS_PER_SECOND;
}

/** First line of /proc/stat: user nice system idle iowait irq softirq steal; guests are contained in user. */
function cpuOfEverybody(): number | undefined {
  const fields = read('/proc/stat')?.split('\n')[0]?.trim().split(/\s+/).slice(1, 9).map(Number);
  if (fields === undefined) return undefined;
  const busy = fields.filter((_, index) => index !== 3 && index !== 4);
  return busy.reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
