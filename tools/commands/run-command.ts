/** Runs one program of the tool box and collects what it prints; the tools' only door to child processes. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export interface CommandOptions {
  readonly cwd: string;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface CommandResult {
  /** Exit code; 128 when a signal ended the program. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs are found in the folder's own node_modules/.bin first. @throws when the program cannot be started at all. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const bin = path.join(options.cwd, 'node_modules', '.bin');
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, PATH: [bin, process.env['PATH']].join(path.delimiter), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({
        code: code ?? 128,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
  });
}
