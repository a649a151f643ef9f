/** Lists of what a collection found, in the forms `models get --from` reads. */
import { extname } from 'node:path';
import { csvLine } from '#kernel/csv';
import type { CollectionItem } from '../contract/index.ts';
import { openListFile } from '../core/outputs/list-file.ts';

export const collectedFormats = ['ids', 'json', 'jsonl', 'csv'] as const;
export type CollectedFormat = (typeof collectedFormats)[number];

interface Form {
  readonly head: string;
  readonly line: (item: CollectionItem, isFirst: boolean) => string;
  readonly end: string;
}

const columns = [
  'ID',
  'Version_ID',
  'Name',
  'Version',
  'Type',
  'Base_Model',
  'Creator',
  'Published',
  'New',
  'Model_URL',
];

const forms: Readonly<Record<CollectedFormat, Form>> = {
  ids: { head: '', line: ({ modelId, versionId }) => `${modelId}@${versionId}\n`, end: '' },
  json: { head: '[', line: (item, isFirst) => `${isFirst ? '\n' : ',\n'}${JSON.stringify(item)}`, end: '\n]\n' },
  jsonl: { head: '', line: (item) => `${JSON.stringify(item)}\n`, end: '' },
  csv: { head: csvLine(columns), line: csvOf, end: '' },
};

export function formatFor(output: string): CollectedFormat {
  const extension = extname(output).slice(1).toLowerCase();
  return collectedFormats.find((format) => format === extension) ?? 'ids';
}

/** Item by item; the file appears when it is whole. Returns how many items it holds. */
export async function writeCollected(
  path: string,
  format: CollectedFormat,
  items: AsyncIterable<CollectionItem>,
): Promise<number> {
  const form = forms[format];
  await using file = await openListFile(path);
  let count = 0;
  await file.write(form.head);
  for await (const item of items) {
    await file.write(form.line(item, count === 0));
    count += 1;
  }
  await file.write(form.end);
  await file.finish();
  return count;
}

function csvOf(item: CollectionItem): string {
  const isNew = item.isNew === null ? null : Number(item.isNew);
  const { modelId, versionId, name, versionName, type, baseModel, creator, publishedAt, pageUrl } = item;
  return csvLine([modelId, versionId, name, versionName, type, baseModel, creator, publishedAt, isNew, pageUrl]);
}
