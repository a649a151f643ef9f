/** Is a bundle whole, is every line of it a row, and do its rows agree with each other? Nothing is written here. */
import type { z } from 'zod';

import { KuraError } from '#kernel/errors';

import {
  type Bundle,
  type ExchangeRow,
  type ExchangeTable,
  type ExchangeTableName,
  exchangeTableNames,
  exchangeTables,
  manifestSchema,
  SCHEMA_VERSION,
} from '../../store/exchange-tables.ts';
import { factsOf } from './export-history.ts';
import { straysFromLibrary } from './library-places.ts';

/** Something wrong with a bundle; `line` counts from 1 within its table, 0 = the table as a whole. */
export interface BundleFault {
  readonly table: ExchangeTableName;
  readonly line: number;
  /** Message code. */
  readonly code: string;
  readonly detail: string;
}

export interface CheckedBundle {
  readonly rows: Readonly<Record<ExchangeTableName, readonly ExchangeRow[]>>;
  readonly faults: readonly BundleFault[];
}

/** @throws KuraError invalid `models.bundle-unreadable`, `models.bundle-too-new` */
export function checkBundle({ manifest, lines }: Bundle): CheckedBundle {
  const said = manifestSchema.safeParse(manifest);
  if (!said.success) throw new KuraError('invalid', 'models.bundle-unreadable');
  const { schemaVersion, tables } = said.data;
  if (schemaVersion > SCHEMA_VERSION) {
    throw new KuraError('invalid', 'models.bundle-too-new', { params: { version: schemaVersion } });
  }
  const rows: Record<ExchangeTableName, ExchangeRow[]> = { downloads: [], library_files: [], search_runs: [] };
  const faults: BundleFault[] = [];
  for (const table of exchangeTableNames) {
    const found = factsOf(lines[table]);
    if (found.rows !== tables[table].rows || found.sha256 !== tables[table].sha256) {
      faults.push({ table, line: 0, code: 'models.bundle-changed', detail: `${found.rows}/${tables[table].rows}` });
    }
    faults.push(...readRows(table, lines[table], rows[table]));
  }
  // Where lines are missing, links are too, and the others no longer stand where they are counted.
  return { rows, faults: faults.length > 0 ? faults : brokenLinks(rows) };
}

function readRows(table: ExchangeTableName, lines: readonly string[], rows: ExchangeRow[]): readonly BundleFault[] {
  const { schema, key }: ExchangeTable = exchangeTables[table];
  const seen = new Set<string>();
  return lines.flatMap((line, index) => {
    const value = jsonOf(line);
    const result = schema.safeParse(value);
    const where = { table, line: index + 1 };
    if (!result.success) return [{ ...where, code: 'models.bundle-no-row', detail: complaint(result.error) }];
    // As it was written: what the schema would fill in was not there when the row was stored.
    const row = value as ExchangeRow;
    rows.push(row);
    const names = [`id ${String(row['id'])}`, JSON.stringify(key.map((column) => row[column]))];
    const isTwice = names.some((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return [
      ...(isTwice ? [{ ...where, code: 'models.bundle-twice', detail: String(row['id']) }] : []),
      ...(straysFromLibrary(table, row)
        ? [{ ...where, code: 'models.bundle-strays', detail: String(row['path']) }]
        : []),
    ];
  });
}

function complaint({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

/** A download that was placed leads to its file, with the same bytes; a version belongs to one model. */
function brokenLinks(rows: CheckedBundle['rows']): readonly BundleFault[] {
  const faults: BundleFault[] = [];
  const files = new Map(rows.library_files.map((row) => [row['path'], row]));
  const models = new Map<unknown, unknown>();
  for (const table of ['downloads', 'library_files'] as const) {
    for (const [index, row] of rows[table].entries()) {
      const { id, version_id: version, model_id: model } = row;
      const fault = { table, line: index + 1, code: 'models.bundle-unlinked', detail: String(id) };
      const known = models.get(version);
      if (version !== null && model !== null) models.set(version, known ?? model);
      const isPlaced = table === 'downloads' && row['status'] === 'placed';
      const hasOtherModel = model !== null && known !== undefined && known !== model;
      if (hasOtherModel || (isPlaced && files.get(row['path'])?.['sha256'] !== row['sha256'])) faults.push(fault);
    }
  }
  return faults;
}
