/** `kura models downloads list | stats`: what was fetched, when, and how it went. */
import { z } from 'zod';
import { csvLine } from '#kernel/csv';
import { type Command, type CommandContext, defineCommand, table, truncate } from '#platform/cli';
import type { Translator } from '#platform/i18n';
import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import { commaList } from './comma-list.ts';

const define = defineCommand<Models>();
const { since, until, text } = contract.downloadFilterShape;
const filterShape = {
  status: commaList.pipe(contract.downloadFilterShape.status),
  type: commaList.pipe(contract.downloadFilterShape.type),
  since,
  until,
  text,
};
const filterOptions = [
  { flags: '--status <status...>' },
  { flags: '--type <type...>' },
  { flags: '--since <day>' },
  { flags: '--until <day>' },
  { flags: '--text <words>' },
] as const;

const columns = [
  'id',
  'updatedAt',
  'status',
  'type',
  'name',
  'modelName',
  'modelId',
  'versionId',
  'fileId',
  'sizeBytes',
  'networkBytes',
  'seconds',
  'sha256',
  'verdict',
  'path',
  'ref',
  'toolVersion',
  'mirror',
] as const;

const listCommand = define({
  words: ['models', 'downloads', 'list'],
  options: [...filterOptions, { flags: '--format <format>' }, { flags: '--limit <n>' }, { flags: '--cursor <cursor>' }],
  remote: true,
  input: z.object({
    ...filterShape,
    format: z.enum(['table', 'json', 'csv']).default('table'),
    limit: z.coerce.number().int().min(1).max(100_000).default(50),
    cursor: z.string().optional(),
  }),
  async run({ format, limit, cursor, ...filter }, context) {
    const { out, translator } = context;
    const answer = await readPages(context, filter, { limit, cursor });
    out.result(answer, () => {
      if (format === 'json') return JSON.stringify(answer, undefined, 2);
      return format === 'csv' ? asCsv(answer.items) : asTable(answer.items, translator);
    });
    return 0;
  },
});

interface Pages {
  readonly items: readonly contract.DownloadView[];
  readonly nextCursor?: string | undefined;
}

/** As many pages as the limit needs: an export is not cut at the length of a page. */
async function readPages(
  { call }: CommandContext<Models>,
  filter: z.output<z.ZodObject<typeof filterShape>>,
  { limit, cursor }: { readonly limit: number; readonly cursor: string | undefined },
): Promise<Pages> {
  const items: contract.DownloadView[] = [];
  let next = cursor;
  do {
    const query = { ...filter, limit: Math.min(500, limit - items.length), cursor: next };
    const page: Pages = await call(contract.listDownloads, { query });
    items.push(...page.items);
    next = page.nextCursor;
  } while (next !== undefined && items.length < limit);
  return { items, ...(next === undefined ? {} : { nextCursor: next }) };
}

function asCsv(items: readonly contract.DownloadView[]): string {
  const head = [...columns, 'reason'];
  const lines = items.map((item) => [...columns.map((column) => item[column]), item.reason?.code ?? null]);
  return [head, ...lines].map((cells) => csvLine(cells)).join('');
}

function asTable(items: readonly contract.DownloadView[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.models.downloads.nothing');
  const rows = items.map((item) => [
    translator.time(item.updatedAt),
    translator.text(`cli.models.status.${item.status}`),
    item.type,
    truncate(item.name, 48),
    item.sizeBytes === null ? '' : translator.bytes(item.sizeBytes),
    speedText(item.networkBytes, item.seconds, translator),
    item.reason?.code ?? '',
  ]);
  return table(rows);
}

function speedText(bytes: number | null, seconds: number | null, translator: Translator): string {
  return bytes === null || seconds === null || seconds === 0
    ? ''
    : `${translator.bytes(Math.round(bytes / seconds))}/s`;
}

const statsCommand = define({
  words: ['models', 'downloads', 'stats'],
  options: filterOptions,
  remote: true,
  input: z.object(filterShape),
  async run(query, { call, out, translator }) {
    const answer = await call(contract.readDownloadStatistics, { query });
    out.result(answer, () => statsText(answer, translator));
    return 0;
  },
});

function statsText({ total, byType, reasons }: contract.DownloadStatistics, translator: Translator): string {
  const head = ['type', 'files', 'placed', 'failed', 'bytes', 'network', 'speed'].map((name) =>
    translator.text(`cli.models.downloads.column.${name}`),
  );
  const rows = [...byType, { type: translator.text('cli.models.stats.total'), ...total }].map((one) => [
    one.type,
    translator.number(one.files),
    translator.number(one.placed),
    translator.number(one.failed),
    translator.bytes(one.bytes),
    translator.bytes(one.networkBytes),
    one.medianBytesPerSecond === null ? '' : `${translator.bytes(Math.round(one.medianBytesPerSecond))}/s`,
  ]);
  const why = reasons.map(({ code, count }) => `${translator.number(count)} × ${code}`);
  return [table([head, ...rows]), ...why].join('\n');
}

export const downloadHistoryCommands: ReadonlyArray<Command<Models>> = [listCommand, statsCommand];
