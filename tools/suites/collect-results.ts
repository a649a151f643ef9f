import type { run } from 'node:test';

import type { SharedProcesses } from './share-processes.ts';

export interface Failure {
  readonly name: string;
  /** Where the test that failed is written. */
  readonly file: string;
  /** The test file that it ran for: another one when a helper writes the test. */
  readonly of: string;
  readonly line?: number | undefined;
  readonly error?: unknown;
}

export interface Results {
  passed(): number;
  readonly failures: readonly Failure[];
  readonly skips: readonly string[];
  /** Milliseconds of each test file. */
  readonly durations: ReadonlyMap<string, number>;
  /** What each process wrote. */
  readonly written: ReadonlyMap<string, string>;
  /** The test files among these that neither held a test nor failed. */
  silentOf(files: readonly string[]): readonly string[];
}

/** Gathers what a stream of node:test tells, until it ends, by test file. */
export function collectResults(stream: ReturnType<typeof run>, processes: SharedProcesses): Results {
  const skips: string[] = [];
  const failures: Failure[] = [];
  const durations = new Map<string, number>();
  const written = new Map<string, string>();
  const withTests = new Set<string>();
  let passed = 0;
  // Results come in the order of the processes, each with its tests before the suite that holds them.
  let within = 0;
  let waiting: Omit<Failure, 'of'>[] = [];

  stream.on('test:pass', ({ name, skip, todo, details, file, nesting }) => {
    if (skip !== undefined || todo !== undefined)
      skips.push(`${file}: ${name} (${skip === true ? 'skip' : (skip ?? 'todo')})`);
    else if (details.type !== 'suite' && !processes.entries.includes(name)) passed += 1;
    endOf({ name, nesting, duration: details.duration_ms });
  });
  stream.on('test:fail', ({ name, details, file, line, nesting }) => {
    // A suite only repeats that one of its tests failed; a file only what its tests said, unless it had none.
    const ofTests = 'failureType' in details.error && details.error.failureType === 'subtestsFailed';
    if (details.type !== 'suite' || (processes.shared.has(name) && !ofTests)) {
      const place = details.type === 'suite' ? { file: name, line: undefined } : { file: file ?? name, line };
      waiting.push({ name, ...place, error: details.error.cause ?? details.error });
    }
    endOf({ name, nesting, duration: details.duration_ms });
  });
  function endOf({ name, nesting, duration }: { name: string; nesting: number; duration: number }): void {
    within += 1;
    if (nesting > 0) return;
    const isShared = processes.shared.has(name);
    failures.push(...waiting.map((failure) => ({ ...failure, of: isShared ? name : failure.file })));
    if (isShared) durations.set(name, duration);
    if (isShared && within > 1) withTests.add(name);
    waiting = [];
    within = 0;
  }
  stream.on('test:summary', ({ file, counts, duration_ms: duration }) => {
    if (file === undefined) return;
    if (counts.tests > 0) withTests.add(file);
    if (!processes.filesOf(file).some((one) => one !== file)) durations.set(file, duration);
  });
  for (const event of ['test:stdout', 'test:stderr'] as const) {
    stream.on(event, ({ file, message }: { file?: string; message: string }) => {
      written.set(file ?? '', (written.get(file ?? '') ?? '') + message);
    });
  }
  return {
    passed: () => passed,
    failures,
    skips,
    durations,
    written,
    silentOf(files) {
      // A process that fails as a whole has said so; what its files hold nobody knows.
      const failed = new Set(failures.flatMap(({ of }) => processes.filesOf(of)));
      return files.filter((file) => !withTests.has(file) && !failed.has(file));
    },
  };
}
