/** A bundle on disk: a folder with a file per table, or one file whose first line is the manifest. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { KuraError, systemCode } from '#kernel/errors';
import { writeFileAtomic } from '#platform/files';

import { type Bundle, type ExchangeTableName, exchangeTableNames } from '../../store/exchange-tables.ts';

const MANIFEST = 'manifest.json';
const fileNames: Readonly<Record<ExchangeTableName, string>> = {
  downloads: 'downloads.jsonl',
  library_files: 'library-files.jsonl',
  search_runs: 'search-runs.jsonl',
};

/** A name that ends in `.jsonl` is one file, any other a folder. The manifest comes last: without it nothing counts. */
export async function writeBundle(path: string, bundle: Bundle): Promise<void> {
  const { manifest, lines } = bundle;
  if (path.endsWith('.jsonl')) return writeFileAtomic(path, bundleText(bundle));
  await mkdir(path, { recursive: true });
  for (const table of exchangeTableNames) await writeFileAtomic(join(path, fileNames[table]), linesOf(lines[table]));
  await writeFileAtomic(join(path, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** As one file. */
export function bundleText({ manifest, lines }: Bundle): string {
  const rows = exchangeTableNames.flatMap((table) => lines[table].map((row) => `{"table":"${table}","row":${row}}`));
  return linesOf([JSON.stringify(manifest), ...rows]);
}

/** @throws KuraError `models.bundle-not-there` */
export async function readBundle(path: string): Promise<Bundle> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    return isFolder ? await readFolder(path) : readBundleText(await readFile(path, 'utf8'));
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) throw error;
    throw new KuraError('not-found', 'models.bundle-not-there', { params: { path }, cause: error });
  }
}

async function readFolder(path: string): Promise<Bundle> {
  const manifest = parsed(await readFile(join(path, MANIFEST), 'utf8'));
  async function read(table: ExchangeTableName): Promise<readonly string[]> {
    return splitLines(await readFile(join(path, fileNames[table]), 'utf8'));
  }
  const lines = {
    downloads: await read('downloads'),
    library_files: await read('library_files'),
    search_runs: await read('search_runs'),
  };
  return { manifest, lines };
}

/** Lines of no table stay with the first one, where they are found to be none of its rows. */
export function readBundleText(text: string): Bundle {
  const [head = '', ...rest] = splitLines(text);
  const lines: Record<ExchangeTableName, string[]> = { downloads: [], library_files: [], search_runs: [] };
  for (const line of rest) {
    // JSON leaves U+2028 and U+2029 as they are, which a dot takes for ends of lines unless told otherwise.
    const [, name, row] = /^\{"table":"([a-z_]+)","row":(.*)\}$/s.exec(line) ?? [];
    const table = exchangeTableNames.find((one) => one === name) ?? 'downloads';
    lines[table].push(row ?? line);
  }
  return { manifest: parsed(head), lines };
}

/** What is no JSON is no manifest either, which its schema says. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function splitLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
