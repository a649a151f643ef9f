import { groups, isTestFile, type TestGroup } from './groups.ts';

export interface PlannedGroup {
  readonly group: TestGroup;
  readonly files: readonly string[];
}

export interface RunPlan {
  readonly gates: boolean;
  readonly planned: readonly PlannedGroup[];
  /** What makes the plan itself wrong: an empty group, a test in no group, a filter that matches nothing. */
  readonly faults: readonly string[];
}

/**
 * What to run for the words after `npm test --`: nothing means everything; `check`, group names, and paths (a file or
 * a folder, from the root) narrow it down.
 */
export function planRun(filters: readonly string[], files: readonly string[]): RunPlan {
  const tests = files.filter((file) => isTestFile(file));
  const names = new Set(filters.filter((filter) => filter === 'check' || groups.some(({ name }) => name === filter)));
  const paths = filters.filter((filter) => !names.has(filter)).map((filter) => filter.replace(/^\.\/|\/$/g, ''));
  const everything = filters.length === 0;
  const planned = groups
    .map((group) => {
      const whole = everything || names.has(group.name);
      const own = longestFirst(
        tests.filter((file) => group.owns.test(file)),
        group.long,
      );
      return { group, whole, files: whole ? own : own.filter((file) => paths.some((path) => isAt(file, path))) };
    })
    .filter(({ whole, files: chosen }) => whole || chosen.length > 0);
  const faults = [
    ...planned
      .filter(({ files: chosen }) => chosen.length === 0)
      .map(({ group }) => `Group ${group.name} has no tests.`),
    ...paths.filter((path) => !tests.some((file) => isAt(file, path))).map((path) => `No test file at ${path}.`),
    ...tests.filter((file) => !groups.some((group) => group.owns.test(file))).map((file) => `${file} is in no group.`),
  ];
  return { gates: everything || names.has('check'), planned, faults };
}

function longestFirst(files: readonly string[], long: readonly string[]): readonly string[] {
  return [...long.filter((file) => files.includes(file)), ...files.filter((file) => !long.includes(file))];
}

function isAt(file: string, path: string): boolean {
  return file === path || file.startsWith(`${path}/`);
}
