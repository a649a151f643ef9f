/** The last scan of each file of the library. */
import { type SqlBool, sql } from 'kysely';

import type { Database, Transaction } from '#platform/db';

import { type Admission, admissionSchema, type ScanVerdict } from '../contract/index.ts';
import { readJson } from './json-column.ts';
import type { ModelsTables } from './models-tables.ts';
import { cutPage, readPositionCursor } from './position-cursor.ts';
import { type StoredFinding, type StoredVerdict, storedFindingsSchema } from './scan-store.ts';

export type FileScan = Omit<StoredVerdict, 'name' | 'limits'>;

export async function saveFileScan(tx: Transaction, path: string, scan: FileScan): Promise<void> {
  const changes = {
    sha256: scan.sha256,
    rule_set: scan.ruleSet,
    verdict: scan.verdict,
    format: scan.format,
    findings: JSON.stringify(scan.findings),
    scanned_at: scan.scannedAt,
  };
  await tx
    .tables<ModelsTables>()
    .insertInto('file_scans')
    .values({ path, ...changes })
    .onConflict((conflict) => conflict.column('path').doUpdateSet(changes))
    .execute();
}

export async function findFileScan(
  database: Database,
  path: string,
): Promise<Pick<FileScan, 'sha256' | 'ruleSet' | 'findings'> | undefined> {
  const row = await database
    .tables<ModelsTables>()
    .selectFrom('file_scans')
    .select(['sha256', 'rule_set as ruleSet', 'findings'])
    .where('path', '=', path)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, findings: readJson(storedFindingsSchema, row.findings) };
}

export async function removeFileScan(tx: Transaction, path: string): Promise<void> {
  await tx.tables<ModelsTables>().deleteFrom('file_scans').where('path', '=', path).execute();
}

export interface ScannedFile extends FileScan {
  readonly libraryId: string;
  readonly path: string;
  readonly name: string;
  readonly modelName: string;
  readonly sizeBytes: number;
  readonly findings: readonly StoredFinding[];
  readonly admitted: Admission | null;
}

export interface ScannedFileFilter {
  readonly verdict?: readonly ScanVerdict[] | undefined;
  readonly rule?: string | undefined;
  readonly format?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Last placed first. */
export async function listScannedFiles(
  database: Database,
  { verdict = [], rule, format, limit, cursor }: ScannedFileFilter,
): Promise<{ readonly items: readonly ScannedFile[]; readonly nextCursor: string | undefined }> {
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('library_files')
    .innerJoin('file_scans', 'file_scans.path', 'library_files.path')
    .select(['position', 'id', 'library_files.path', 'name', 'model_name', 'size_bytes', 'admitted'])
    .select(['file_scans.sha256', 'file_scans.verdict', 'format', 'findings', 'rule_set', 'scanned_at'])
    .where('position', '<', readPositionCursor(cursor))
    .$if(verdict.length > 0, (query) => query.where('file_scans.verdict', 'in', [...verdict]))
    .$if(format !== undefined, (query) => query.where('format', '=', format ?? ''))
    .$if(rule !== undefined, (query) => query.where(namesRule(rule ?? '')))
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute();
  const { page, nextCursor } = cutPage(rows, limit);
  const items = page.map((row) => ({
    libraryId: row.id,
    path: row.path,
    name: row.name,
    modelName: row.model_name,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    ruleSet: row.rule_set,
    verdict: row.verdict,
    format: row.format,
    findings: readJson(storedFindingsSchema, row.findings),
    scannedAt: row.scanned_at,
    admitted: row.admitted === null ? null : readJson(admissionSchema, row.admitted),
  }));
  return { items, nextCursor };
}

function namesRule(rule: string) {
  const pattern = `%${JSON.stringify({ rule })
    .slice(1, -1)
    .replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql<SqlBool>`findings like ${pattern} escape '\\'`;
}

export interface ScanFigures {
  readonly files: number;
  readonly outdated: number;
  readonly admitted: number;
  readonly byVerdict: Readonly<Record<ScanVerdict, number>>;
}

/** How the library stands before the rules of today. */
export async function scanFigures(database: Database, ruleSet: string): Promise<ScanFigures> {
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('library_files')
    .leftJoin('file_scans', 'file_scans.path', 'library_files.path')
    .select(({ fn }) => ['library_files.verdict', 'rule_set', fn.countAll<number | string>().as('files')])
    .select(({ fn }) => fn.count<number | string>('admitted').as('admitted'))
    .groupBy(['library_files.verdict', 'rule_set'])
    .execute();
  const figures = { files: 0, outdated: 0, admitted: 0 };
  const byVerdict = { clean: 0, suspicious: 0, invalid: 0, dangerous: 0, unscanned: 0 };
  for (const row of rows) {
    const files = Number(row.files);
    figures.files += files;
    figures.admitted += Number(row.admitted);
    if (row.rule_set !== ruleSet) figures.outdated += files;
    byVerdict[row.verdict] += files;
  }
  return { ...figures, byVerdict };
}
