/** Runs `bin/kura` as a user would, with its progress on the terminal and its JSON for the demo to look at. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { z } from 'zod';

export interface Answer<Value> {
  readonly code: number;
  readonly value: Value;
}

export interface KuraProcess {
  /** A command whose standard output is one JSON document of this shape. @throws when it prints something else */
  document<Value>(shape: z.ZodType<Value>, args: readonly string[]): Promise<Answer<Value>>;
  /** A command that prints one JSON object per line. */
  lines<Value>(shape: z.ZodType<Value>, args: readonly string[]): Promise<Answer<readonly Value[]>>;
}

export interface KuraOptions {
  readonly root: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export function kuraProcess(options: KuraOptions): KuraProcess {
  return {
    async document(shape, args) {
      const { code, stdout } = await run(options, args);
      return { code, value: shape.parse(parse(stdout, args)) };
    },
    async lines(shape, args) {
      const { code, stdout } = await run(options, args);
      const lines = stdout.split('\n').filter((line) => line !== '');
      return { code, value: lines.map((line) => shape.parse(parse(line, args))) };
    },
  };
}

async function run(options: KuraOptions, args: readonly string[]): Promise<{ code: number; stdout: string }> {
  const child = spawn(path.join(options.root, 'bin/kura'), [...args, '--json', '--home', options.home], {
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 128));
  });
  const stdout = await text(child.stdout);
  return { code: await exit, stdout };
}

function parse(json: string, args: readonly string[]): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(`kura ${args.join(' ')} printed no JSON: ${json.slice(0, 200)}`);
  }
}
