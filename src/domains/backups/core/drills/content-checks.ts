/** What is tried with restored files beyond comparing their bytes: a backup may hold, byte for byte, a broken database. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';

import { createScanner } from '#engines/modelscan';
import { GIB } from '#kernel/units';
import { type Isolation, isolationPresets } from '#platform/isolation';

import type { ContentChecks } from '../../contract/index.ts';
import type { SqliteChecker } from '../../ports.ts';
import type { DrillFacts } from './drill-record.ts';

export type CheckOutcome = DrillFacts['checks'][number];

export interface ContentCheckWish {
  /** Where the files were restored. */
  readonly folder: string;
  /** Below it. */
  readonly paths: readonly string[];
  readonly checks: ContentChecks;
  readonly isolation: Isolation;
  readonly checkSqlite: SqliteChecker;
  readonly signal: AbortSignal;
}

/** Enough to see what is wrong; the rest are counted. */
const keptOutcomes = 100;
const DETAIL = 500;

export async function checkContents(wish: ContentCheckWish): Promise<readonly CheckOutcome[]> {
  const { checks } = wish;
  const outcomes = [
    ...(checks.sqlite ? await checkDatabases(wish) : []),
    ...(checks.safetensors ? await checkModels(wish) : []),
    ...(checks.command.length === 0 ? [] : [await runCommand(wish)]),
  ];
  return outcomes.toSorted((a, b) => Number(a.passed) - Number(b.passed)).slice(0, keptOutcomes);
}

async function checkDatabases({
  folder,
  paths,
  checkSqlite,
  signal,
}: ContentCheckWish): Promise<readonly CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  for (const path of paths) {
    const place = join(folder, path);
    if (!(await isSqlite(place))) continue;
    const faults = await checkSqlite(place, signal);
    outcomes.push({ check: `sqlite ${path}`, passed: faults.length === 0, detail: short(faults.join('; ')) });
  }
  return outcomes;
}

/** Every SQLite database of version 3 begins so (https://www.sqlite.org/fileformat2.html §1.3). */
const sqliteMagic = Buffer.from('SQLite format 3\0');

async function isSqlite(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  await using _closing = file;
  const head = Buffer.alloc(sqliteMagic.length);
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  return bytesRead === head.length && head.equals(sqliteMagic);
}

async function checkModels({ folder, paths, signal }: ContentCheckWish): Promise<readonly CheckOutcome[]> {
  const models = paths.filter((path) => /\.(?:safetensors|sft)$/i.test(path));
  if (models.length === 0) return [];
  await using scanner = createScanner();
  const outcomes: CheckOutcome[] = [];
  for (const path of models) {
    const { verdict, findings } = await scanner.scan(join(folder, path), { signal });
    const rules = findings.map(({ rule }) => rule).join(', ');
    outcomes.push({ check: `safetensors ${path}`, passed: verdict === 'clean', detail: short(rules) });
  }
  return outcomes;
}

/** The files are shown to the program read-only; it has no network, and nothing else of this machine. */
async function runCommand({ folder, checks, isolation, signal }: ContentCheckWish): Promise<CheckOutcome> {
  const [program = '', ...words] = checks.command;
  const args = words.map((word) => word.replaceAll('{folder}', folder));
  const limits = { ...isolationPresets.standard, memoryBytes: 4 * GIB, cpuSeconds: 600, wallSeconds: 1800 };
  const request = { program, args, readOnly: [{ path: folder }], limits };
  const { exitCode, stdout, stderr, killedBy } = await isolation.run(request, signal);
  const said = Buffer.concat([stdout, stderr]).toString('utf8').trim();
  const end = killedBy ?? String(exitCode);
  return { check: `command ${program}`, passed: exitCode === 0, detail: short(`${end}: ${said}`) };
}

function short(text: string): string {
  return text.length <= DETAIL ? text : `${text.slice(0, DETAIL)} …`;
}
