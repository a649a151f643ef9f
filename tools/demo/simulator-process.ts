/** The bundled CivitAI simulator as a process of its own, so that Kura talks to it over real sockets. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface KnownFile {
  readonly modelId: number;
  readonly versionId: number;
  readonly fileId: number;
  readonly name: string;
  readonly sizeBytes: number;
}

export interface SimulatorProcess extends AsyncDisposable {
  readonly url: string;
  readonly known: Readonly<Record<string, KnownFile>>;
  /** Files that real tools wrote, where they could be had. */
  readonly real: readonly KnownFile[];
  /** Makes the next read of this byte arrive inverted, once. */
  flipOnce(file: KnownFile, offset: number): Promise<void>;
}

interface Announcement {
  readonly url: string;
  readonly known: Readonly<Record<string, KnownFile>>;
  readonly real: readonly KnownFile[];
}

export async function startSimulator(root: string, cache: string): Promise<SimulatorProcess> {
  const script = path.join(root, 'test/stand-ins/civitai/main.ts');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, '--real-models', cache], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { url, known, real } = await firstLine(child);
  return {
    url,
    known,
    real,
    async flipOnce(file, offset) {
      const fault = { fileId: file.fileId, flipByteAt: offset, times: 1 };
      const response = await fetch(`${url}/__control/faults`, { method: 'POST', body: JSON.stringify(fault) });
      if (!response.ok) throw new Error(`the simulator refused the fault: ${response.status} ${await response.text()}`);
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function firstLine(child: ChildProcess): Promise<Announcement> {
  if (child.stdout === null) throw new Error('the simulator has no standard output');
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as Announcement;
  throw new Error('the simulator ended before it said where it listens');
}
