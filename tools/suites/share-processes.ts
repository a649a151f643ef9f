import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import type { TestGroup } from './groups.ts';

/**
 * What a file must not do to others in its process: change what all of it shares, measure it, or end it.
 */
const needsOwnProcess =
  /\bprocess\.(?:env|chdir|on|once|memoryUsage|cpuUsage|resourceUsage|exitCode|umask)\b|\bglobalThis\b|\bmock\.|\bgetHeap/;

export interface SharedProcesses extends AsyncDisposable {
  /** What node:test starts, one process each. */
  readonly entries: readonly string[];
  /** The test files that share one; each is a suite there, named by its path. */
  readonly shared: ReadonlySet<string>;
  /** In which entry a test file runs. */
  entryOf(file: string): string;
  /** The test files of an entry; a test file is its own. */
  filesOf(file: string): readonly string[];
}

/**
 * Gives test files (absolute paths) their processes: those that run first, long as they are, and those that touch what a
 * process has only once get their own, of the others `perProcess` share one. A shared one is a file in a temporary folder
 * that makes each of its test files a suite, so that hooks stay within their file.
 */
export async function shareProcesses(
  files: readonly string[],
  { perProcess, long }: Pick<TestGroup, 'perProcess' | 'long'>,
): Promise<SharedProcesses> {
  const shared = perProcess > 1 ? await withoutOwnNeeds(files, long) : [];
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'kura-tests-'));
  const shares = new Map<string, readonly string[]>();
  const count = Math.ceil(shared.length / perProcess);
  for (let at = 0; at < count; at += 1) {
    const own = shared.filter((_, index) => index % count === at);
    const entry = path.join(folder, `share-${at + 1}.test.mjs`);
    await fs.writeFile(entry, `import { suite } from 'node:test';\n${own.map(suiteOf).join('')}`);
    shares.set(entry, own);
  }
  const alone = files.filter((file) => !shared.includes(file));
  return {
    entries: [...alone, ...shares.keys()],
    shared: new Set(shared),
    entryOf: (file) => [...shares].find(([, own]) => own.includes(file))?.[0] ?? file,
    filesOf: (file) => shares.get(file) ?? [file],
    [Symbol.asyncDispose]: () => fs.rm(folder, { recursive: true, force: true }),
  };
}

function suiteOf(file: string): string {
  return `suite(${JSON.stringify(file)}, async () => { await import(${JSON.stringify(pathToFileURL(file).href)}); });\n`;
}

async function withoutOwnNeeds(files: readonly string[], long: readonly string[]): Promise<readonly string[]> {
  const shared: string[] = [];
  for (const file of files) {
    if (long.some((name) => file.endsWith(`/${name}`))) continue;
    if (!needsOwnProcess.test(await fs.readFile(file, 'utf8'))) shared.push(file);
  }
  return shared;
}
