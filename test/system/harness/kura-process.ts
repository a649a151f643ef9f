/** `bin/kura` as a user runs it: a child in its own process group, what it prints, how it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface KuraOptions {
  /** `KURA_…` variables; none are taken over from the test's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs as this user, without any of root's rights. */
  readonly uid?: number;
}

export interface KuraResult {
  readonly args: readonly string[];
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface KuraProcess extends AsyncDisposable {
  readonly pid: number;
  readonly running: boolean;
  readonly result: Promise<KuraResult>;
  /** The first line of standard output that `matches`; undefined when it ends without one. */
  line(matches: (line: string) => boolean): Promise<string | undefined>;
  /** Sent to the whole process group, as a terminal does. */
  kill(signal: NodeJS.Signals): void;
}

const bin = fileURLToPath(new URL('../../../bin/kura', import.meta.url));
/** Where Linux offers it, the kernel ends what a test started when the test itself is killed with SIGKILL. */
const setpriv = '/usr/bin/setpriv';
const leash: readonly string[] = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'KILL'] : [];
const living = new Set<ChildProcess>();
// Whatever happens to a test, nothing of it stays behind; the runner ends a file that hangs with SIGTERM.
process.once('exit', killAll);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    killAll();
    process.kill(process.pid, signal);
  });
}

export function startKura(args: readonly string[], { environment = {}, uid }: KuraOptions = {}): KuraProcess {
  const began = performance.now();
  const [program = bin, ...rest] = [...leash, bin, ...args];
  const child = spawn(program, rest, {
    env: { ...inherited(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  living.add(child);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const lines = createInterface({ input: child.stdout.pipe(new PassThrough()) });
  const printed: string[] = [];
  lines.on('line', (line) => printed.push(line));
  const result = once(child, 'close').then(([code, signal]: (number | NodeJS.Signals | null)[]): KuraResult => {
    living.delete(child);
    return {
      args,
      code: typeof code === 'number' ? code : null,
      signal: typeof signal === 'string' ? signal : null,
      stdout: stdout(),
      stderr: stderr(),
      ms: performance.now() - began,
    };
  });
  return {
    pid: child.pid ?? 0,
    get running() {
      return child.exitCode === null && child.signalCode === null;
    },
    result,
    async line(matches) {
      for (;;) {
        const found = printed.find(matches);
        if (found !== undefined || !living.has(child)) return found;
        await Promise.race([once(lines, 'line'), once(lines, 'close'), result]);
      }
    },
    kill: (signal) => killGroup(child, signal),
    async [Symbol.asyncDispose]() {
      killGroup(child, 'SIGKILL');
      await result;
    },
  };
}

/** Runs one command to its end; one that takes longer than `withinMs` hangs, and is killed. */
export async function runKura(
  args: readonly string[],
  options: KuraOptions & { readonly withinMs?: number } = {},
): Promise<KuraResult> {
  await using kura = startKura(args, options);
  return await within(options.withinMs ?? 120_000, kura);
}

/** @throws Error with all it printed when it does not end within `ms` from now */
export async function within(ms: number, kura: KuraProcess): Promise<KuraResult> {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    kura.kill('SIGKILL');
  }, ms);
  const result = await kura.result;
  clearTimeout(timer);
  if (late) throw new Error(`still running after ${ms} ms: ${describe(result)}`);
  return result;
}

/** For assertion messages: what was run and all it said. */
export function describe({ args, code, signal, stdout, stderr }: KuraResult): string {
  return `kura ${args.join(' ')} → ${code ?? signal}\n${stdout.slice(-2000)}\n${stderr.slice(-4000)}`;
}

function killAll(): void {
  for (const child of living) killGroup(child, 'SIGKILL');
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // It may have ended this very moment.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function inherited(): Record<string, string> {
  const { PATH = '', TMPDIR } = process.env;
  return { PATH, LANG: 'C.UTF-8', ...(TMPDIR === undefined ? {} : { TMPDIR }) };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
