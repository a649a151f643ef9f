import { once } from 'node:events';
import path from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';

import type { PlannedGroup } from './plan-run.ts';
import type { Tally } from './tally.ts';

/** After a test has timed out, its file may take this long to say so and end by itself. */
const GRACE_MS = 1000;
const SLOW_MS = 20_000;

interface Failure {
  readonly name: string;
  readonly file: string;
  readonly line: number | undefined;
  readonly error: unknown;
}

/** Runs the group's files, each in its own process, and prints what failed with what its file had written. */
export async function runGroup({ group, files }: PlannedGroup, root: string, signal: AbortSignal): Promise<Tally> {
  const absolute = files.map((file) => path.join(root, file));
  const written = new Map<string, string>();
  const withTests = new Set<string>();
  const durations = new Map<string, number>();
  const failures: Failure[] = [];
  const skips: string[] = [];
  const stream = run({
    files: absolute,
    cwd: root,
    concurrency: group.atOnce,
    timeout: group.timeoutMs,
    execArgv: ['--disable-warning=ExperimentalWarning', `--import=${watchdog(group.timeoutMs)}`],
    signal,
  });
  let passed = 0;
  stream.on('test:pass', ({ name, skip, todo, details, file }) => {
    if (skip !== undefined || todo !== undefined)
      skips.push(`${file}: ${name} (${skip === true ? 'skip' : (skip ?? 'todo')})`);
    else if (details.type !== 'suite' && !absolute.includes(name)) passed += 1;
  });
  stream.on('test:fail', ({ name, details, file, line }) => {
    // A suite only repeats that one of its tests failed; a file only what its tests said, unless it had none.
    if (details.type !== 'suite')
      failures.push({ name, file: file ?? name, line, error: details.error.cause ?? details.error });
  });
  stream.on('test:summary', ({ file, counts, duration_ms: duration }) => {
    if (file === undefined) return;
    if (counts.tests > 0) withTests.add(file);
    durations.set(file, duration);
  });
  for (const event of ['test:stdout', 'test:stderr'] as const) {
    stream.on(event, ({ file, message }: { file?: string; message: string }) => {
      written.set(file ?? '', (written.get(file ?? '') ?? '') + message);
    });
  }
  stream.resume();
  await once(stream, 'end');
  signal.throwIfAborted();
  const failedFiles = new Set(failures.map((failure) => failure.file));
  for (const file of absolute) {
    if (!withTests.has(file) && !failedFiles.has(file))
      failures.push({ name: 'has no tests', file, line: undefined, error: undefined });
  }
  report(root, failures, skips, written);
  tellSlowest(root, durations);
  return { passed, failed: failures.length, skipped: skips.length };
}

function watchdog(timeoutMs: number): string {
  return new URL(`end-hung-file.ts?ms=${timeoutMs + GRACE_MS}`, import.meta.url).href;
}

function report(
  root: string,
  failures: readonly Failure[],
  skips: readonly string[],
  written: ReadonlyMap<string, string>,
): void {
  for (const [file, ofFile] of Map.groupBy(failures, (failure) => failure.file)) {
    for (const { name, line, error } of ofFile) {
      console.log(
        `FAIL ${path.relative(root, file)}${line === undefined ? '' : `:${line}`} ${name === file ? 'failed as a whole' : name}`,
      );
      if (error !== undefined) console.log(indented(inspect(error, { depth: 3 })));
    }
    const output = written.get(file)?.trimEnd();
    if (output) console.log(`     The file wrote:\n${indented(output)}`);
  }
  for (const skip of skips) console.log(`skip ${path.relative(root, skip)}`);
}

/** Where the minutes of a run go; the files of a quick group are not worth a word. */
function tellSlowest(root: string, durations: ReadonlyMap<string, number>): void {
  const slowest = [...durations].filter(([, duration]) => duration > SLOW_MS).toSorted((a, b) => b[1] - a[1]);
  for (const [file, duration] of slowest.slice(0, 5)) {
    console.log(`slow ${path.relative(root, file)} ${(duration / 1000).toFixed(0)} s`);
  }
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '     ');
}
