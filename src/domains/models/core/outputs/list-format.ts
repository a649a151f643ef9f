/** Lists of models for other programs (M-028, M-036, M-190): each format knows its head, its lines and its end. */

import { csvLine } from '#kernel/csv';
import type { FoundModel, SearchAnswer } from '../../contract/index.ts';
import { chosenFile, downloadAddress } from './download-address.ts';
import { cellOf, type ListColumn, listColumns } from './list-columns.ts';

/**
 * `json`: the answer as the API gives it; `jsonl`: one item per line; `csv`: the columns of `list-columns.ts`; `ids`:
 * `model@version` per line; `urls`: download addresses; `aria2`: an input file for `aria2c -i` with names and checksums.
 * None of them ever carries a token.
 */
export const listFormats = ['json', 'jsonl', 'csv', 'ids', 'urls', 'aria2'] as const;
export type ListFormat = (typeof listFormats)[number];

export interface ListFormatOptions {
  /** CSV only; default all. */
  readonly columns?: readonly ListColumn[];
  /** CSV only: begins with a byte order mark, by which Excel knows UTF-8. */
  readonly bom?: boolean;
}

export interface ListWriter {
  readonly head: string;
  /** Empty for an item that has nothing to say in this format: no file, no address. */
  readonly item: (item: FoundModel) => string;
  /** `answer` is the last one, for what stands around the items. */
  readonly end: (answer: Omit<SearchAnswer, 'items'>) => string;
}

export function createListWriter(format: ListFormat, options: ListFormatOptions = {}): ListWriter {
  return writers[format](options);
}

const writers: Readonly<Record<ListFormat, (options: ListFormatOptions) => ListWriter>> = {
  json: jsonWriter,
  csv: csvWriter,
  jsonl: () => lineWriter((item) => JSON.stringify(item)),
  ids: () => lineWriter(({ modelId, versionId }) => `${modelId}@${versionId}`),
  urls: () => lineWriter(downloadAddress),
  aria2: () => lineWriter(aria2Entry),
};

function jsonWriter(): ListWriter {
  let isFirst = true;
  return {
    head: '{"items":[',
    item(item) {
      const separator = isFirst ? '\n' : ',\n';
      isFirst = false;
      return separator + JSON.stringify(item);
    },
    end: (answer) => `\n],${JSON.stringify(answer).slice(1)}\n`,
  };
}

function csvWriter({ columns = listColumns, bom = false }: ListFormatOptions): ListWriter {
  return {
    head: (bom ? '\uFEFF' : '') + csvLine(columns),
    item: (item) => csvLine(columns.map((column) => cellOf(item, column))),
    end: () => '',
  };
}

function lineWriter(lineOf: (item: FoundModel) => string | null): ListWriter {
  return {
    head: '',
    item(item) {
      const line = lineOf(item);
      return line === null ? '' : `${line}\n`;
    },
    end: () => '',
  };
}

/** Names of strangers must neither leave the folder nor become further options of the entry. */
const unsafeInName = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function aria2Entry(item: FoundModel): string | null {
  const address = downloadAddress(item);
  const file = chosenFile(item);
  if (address === null || file === undefined) return null;
  const name = file.name
    .normalize('NFC')
    .replaceAll(unsafeInName, '_')
    .replaceAll(/^[\s.]+|(?<![\s.])[\s.]+$/g, '');
  const sha256 = file.hashes.SHA256;
  return [
    `# ${item.modelId}@${item.versionId}`,
    address,
    `  out=${name === '' ? `${item.versionId}-${file.fileId}` : name}`,
    ...(sha256 === undefined ? [] : [`  checksum=sha-256=${sha256}`]),
  ].join('\n');
}
