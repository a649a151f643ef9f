/** `kura models list | show | stats`: what the library holds. */
import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, table, truncate } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import { presentLibraryDetail } from '../http/library-routes.ts';
import type { Models } from '../models.ts';
import { renderCatalogueStats } from './catalogue-stats-text.ts';
import { commaList } from './comma-list.ts';
import { factsRows } from './facts-text.ts';
import { modelIdIn } from './model-id-in.ts';
import { externalScanText, siteScanText, virusScanText } from './outside-scan-text.ts';

const define = defineCommand<Models>();

export const listCommand: Command<Models> = define({
  words: ['models', 'list'],
  options: [
    { flags: '--query <text>' },
    { flags: '--type <type...>' },
    { flags: '--base <base...>' },
    { flags: '--state <state...>' },
    { flags: '--kind <kind...>' },
    { flags: '--content-base <base...>' },
    { flags: '--limit <n>' },
    { flags: '--cursor <cursor>' },
  ],
  remote: true,
  input: contract.listLibrary.query.extend({
    type: commaList.pipe(contract.listLibrary.query.shape.type),
    base: commaList.pipe(contract.listLibrary.query.shape.base),
    state: commaList.pipe(contract.listLibrary.query.shape.state),
    kind: commaList.pipe(contract.listLibrary.query.shape.kind),
    contentBase: commaList.pipe(contract.listLibrary.query.shape.contentBase),
  }),
  async run(input, { call, out, translator }) {
    const page = await call(contract.listLibrary, { query: input });
    out.result(page, () => renderList(page.items, translator));
    return 0;
  },
});

export const showCommand: Command<Models> = define({
  words: ['models', 'show'],
  arguments: [{ name: 'what', required: true }],
  options: [{ flags: '--refresh' }],
  remote: true,
  input: z.object({ what: z.string().trim().min(1), refresh: z.boolean().default(false) }),
  async run({ what, refresh }, context) {
    const { out, translator } = context;
    const model = modelIdIn(what);
    if (model === undefined) {
      const file = await libraryFile(what, context);
      out.result(file, () => renderFile(file, translator));
      return 0;
    }
    const detail = await context.call(contract.readModel, { params: { modelId: model }, query: { refresh } });
    out.result(detail, () => renderModel(detail, translator));
    return 0;
  },
});

export const statsCommand: Command<Models> = define({
  words: ['models', 'stats'],
  remote: true,
  input: z.object({}),
  async run(_input, { call, out, translator }) {
    const stats = await call(contract.libraryStats);
    out.result(stats, () => renderStats(stats, translator));
    return 0;
  },
});

async function libraryFile(name: string, context: CommandContext<Models>): Promise<contract.LibraryFileDetail> {
  if (z.uuid().safeParse(name).success) return context.call(contract.readLibraryFile, { params: { id: name } });
  const models = await context.open();
  return presentLibraryDetail(models, await models.readLibraryFile(name), context.translator);
}

function renderList(files: readonly contract.LibraryFileView[], translator: Translator): string {
  if (files.length === 0) return translator.text('cli.models.list.nothing');
  const head = ['name', 'type', 'base', 'size', 'state', 'verdict', 'library-id'].map((name) =>
    translator.text(`cli.models.column.${name}`),
  );
  const rows = files.map((file) => [
    truncate(file.name, 48),
    file.type,
    file.baseModel ?? '',
    translator.bytes(file.sizeBytes),
    translator.text(`cli.models.state.${file.state}`),
    [
      translator.text(`cli.models.verdict.${file.verdict}`),
      ...(file.admitted === null ? [] : [translator.text('cli.models.admitted')]),
    ].join(' '),
    file.id,
  ]);
  return table([head, ...rows]);
}

function renderFile(file: contract.LibraryFileDetail, translator: Translator): string {
  const { protection } = file;
  const rows = [
    ['path', file.path],
    ['model', file.modelName],
    ['type', [file.type, file.baseModel ?? ''].join(' ').trim()],
    ['size', translator.bytes(file.sizeBytes)],
    ['state', translator.text(`cli.models.state.${file.state}`)],
    ['verdict', translator.text(`cli.models.verdict.${file.verdict}`)],
    ...(file.admitted === null ? [] : [['admitted', admittedText(file.admitted, translator)]]),
    ['virus-scan', virusScanText(file.virusScan, translator)],
    ...file.externalScans.map((scan) => ['external-scan', externalScanText(scan, translator)]),
    ['sender', senderText(file.sender, translator)],
    ['verified', file.verifiedAt === null ? '–' : translator.time(file.verifiedAt)],
    ['words', file.trainedWords.join(', ')],
    ['protection', protection === null ? '–' : `${protection.verifiedCopies}/${protection.copies}`],
    ...Object.entries(file.hashes),
  ];
  const facts = file.facts === null ? [] : factsRows(file.facts, translator);
  return table([...rows.map(([name = '', value = '']) => [labelOf(name, translator), value]), ...facts]);
}

function senderText(sender: string | null, translator: Translator): string {
  if (sender === null) return '–';
  return sender === 'civitai'
    ? translator.text('models.from-civitai')
    : translator.text('models.from-mirror', { mirror: sender });
}

function admittedText({ by, at, reason }: contract.Admission, translator: Translator): string {
  const why = reason ?? translator.text('cli.models.admitted-without-reason');
  return translator.text('cli.models.admitted-by', { by, at: translator.time(at), reason: why });
}

/** Names of hashes are the same in every language. */
function labelOf(name: string, translator: Translator): string {
  const key = `cli.models.field.${name}`;
  return translator.has(key) ? translator.text(key) : name;
}

function renderModel(detail: contract.ModelDetail, translator: Translator): string {
  const head = `${detail.name}  (${detail.type}, ${detail.creator ?? '–'})\n${detail.pageUrl}`;
  const note = translator.text(
    detail.source === 'site' ? 'cli.models.show.from-site' : 'cli.models.show.from-catalogue',
    { seenAt: translator.time(detail.seenAt) },
  );
  const rows = detail.versions.flatMap((version) =>
    version.files.map((file) => [
      `${detail.modelId}@${version.versionId}`,
      version.name,
      version.baseModel ?? '',
      `${file.fileId} ${file.name}`,
      file.sizeBytes === null ? '' : translator.bytes(file.sizeBytes),
      siteScanText(file.siteScan, translator),
      file.libraryId === null ? '' : '✔',
    ]),
  );
  return [head, note, table(rows)].join('\n');
}

function renderStats(stats: contract.LibraryStats, translator: Translator): string {
  const rows = [
    ...stats.byType.map(({ type, files, bytes }) => [type, String(files), translator.bytes(bytes)]),
    [translator.text('cli.models.stats.total'), String(stats.files), translator.bytes(stats.bytes)],
  ];
  const states = stats.byState.map(({ state, files }) => `${translator.text(`cli.models.state.${state}`)} ${files}`);
  return [
    table(rows),
    [...states, `${translator.text('cli.models.stats.quarantined')} ${stats.quarantined}`].join(', '),
    '',
    renderCatalogueStats(stats.catalogue, translator),
  ].join('\n');
}
