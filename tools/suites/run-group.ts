import { once } from 'node:events';
import path from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';

import { collectResults, type Failure } from './collect-results.ts';
import type { PlannedGroup } from './plan-run.ts';
import { shareProcesses } from './share-processes.ts';
import type { Tally } from './tally.ts';

/** After a test has timed out, its file may take this long to say so and end by itself. */
const GRACE_MS = 1000;
const SLOW_MS = 20_000;

/**
 * Runs the group's files, each in its own process or several in one (`perProcess`), and prints what failed with what its
 * process had written.
 */
export async function runGroup({ group, files }: PlannedGroup, root: string, signal: AbortSignal): Promise<Tally> {
  const absolute = files.map((file) => path.join(root, file));
  await using processes = await shareProcesses(absolute, group);
  const stream = run({
    files: [...processes.entries],
    cwd: root,
    concurrency: group.atOnce,
    timeout: group.timeoutMs,
    execArgv: ['--disable-warning=ExperimentalWarning', `--import=${watchdog(group.timeoutMs)}`],
    signal,
  });
  const results = collectResults(stream, processes);
  stream.resume();
  await once(stream, 'end');
  signal.throwIfAborted();
  const silent = results.silentOf(absolute).map((file) => ({ name: 'has no tests', file, of: file }));
  const failures = [...results.failures, ...silent];
  report(root, failures, results.skips, (file) => results.written.get(processes.entryOf(file)));
  tellSlowest(root, results.durations);
  return { passed: results.passed(), failed: failures.length, skipped: results.skips.length };
}

function watchdog(timeoutMs: number): string {
  return new URL(`end-hung-file.ts?ms=${timeoutMs + GRACE_MS}`, import.meta.url).href;
}

function report(
  root: string,
  failures: readonly Failure[],
  skips: readonly string[],
  writtenBy: (file: string) => string | undefined,
): void {
  for (const [of, ofFile] of Map.groupBy(failures, (failure) => failure.of)) {
    for (const { name, file, line, error } of ofFile) {
      const place = `${path.relative(root, file)}${line === undefined ? '' : `:${line}`}`;
      const within = file === of ? '' : ` (of ${path.relative(root, of)})`;
      console.log(`FAIL ${place} ${name === file ? 'failed as a whole' : name}${within}`);
      if (error !== undefined) console.log(indented(inspect(error, { depth: 3 })));
    }
    const output = writtenBy(of)?.trimEnd();
    if (output) console.log(`     Its process wrote:\n${indented(output)}`);
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
