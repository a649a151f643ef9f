/** `kura models versions WHAT`: the versions of a model side by side, to pick one (M-072). */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { type Command, defineCommand, exitCodes, table, truncate } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { plainWord, readModel, type VersionDetail } from '../contract/index.ts';
import { createVocabulary, expandBase } from '../core/vocabulary/vocabulary.ts';
import type { Models } from '../models.ts';
import { commaList } from './comma-list.ts';
import { modelIdIn } from './model-id-in.ts';

export const versionsCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'versions'],
  arguments: [{ name: 'what', required: true }],
  options: [
    { flags: '--base <base...>' },
    { flags: '--min-downloads <n>' },
    { flags: '--open' },
    { flags: '--refresh' },
  ],
  remote: true,
  input: z.object({
    what: z.string().trim().min(1),
    base: commaList.pipe(z.array(z.string().min(1)).optional()),
    minDownloads: z.coerce.number().int().min(0).optional(),
    open: z.boolean().default(false),
    refresh: z.boolean().default(false),
  }),
  async run({ what, refresh, ...wanted }, { call, out, translator }) {
    const id = modelIdIn(what);
    if (id === undefined) throw new KuraError('invalid', 'models.versions-of-what', { params: { what } });
    const { modelId, name, versions } = await call(readModel, { params: { modelId: id }, query: { refresh } });
    const fits = conditionOf(wanted);
    const shown = versions.filter(fits).map(comparedVersion);
    const left = versions.length - shown.length;
    out.result({ modelId, name, versions: shown }, () =>
      [
        name,
        ...(shown.length === 0 ? [] : [versionTable(modelId, shown, translator)]),
        ...(left === 0 ? [] : [translator.text('cli.models.versions.left-out', { count: left })]),
      ].join('\n'),
    );
    return exitCodes.done;
  },
});

interface Wanted {
  readonly base?: readonly string[] | undefined;
  readonly minDownloads?: number | undefined;
  /** Only what everybody can fetch today. */
  readonly open: boolean;
}

/** @throws KuraError `models.unknown-family`. */
function conditionOf({ base, minDownloads, open }: Wanted): (version: VersionDetail) => boolean {
  const vocabulary = createVocabulary();
  const bases = base?.flatMap((name) => expandBase(name, vocabulary)).map(plainWord);
  return ({ baseModel, stats, gated, removed }) =>
    (bases === undefined || (baseModel !== null && bases.includes(plainWord(baseModel)))) &&
    (minDownloads === undefined || (stats.downloads ?? -1) >= minDownloads) &&
    !(open && (gated || removed));
}

/** What versions are compared by; `file` is the one that `kura models get` takes. */
function comparedVersion(version: VersionDetail) {
  const { versionId, name, baseModel, publishedAt, updatedAt, stats, trainedWords } = version;
  const { rating, availability, gated, gateEndsAt, removed } = version;
  const state = { rating, availability, gated, gateEndsAt, removed };
  const file = version.files.find(({ chosen }) => chosen) ?? null;
  return { versionId, name, baseModel, publishedAt, updatedAt, stats, trainedWords, ...state, file };
}
type ComparedVersion = ReturnType<typeof comparedVersion>;

const columns = ['id', 'name', 'base', 'size', 'precision', 'downloads', 'likes', 'published', 'state', 'words'];

function versionTable(modelId: number, versions: readonly ComparedVersion[], translator: Translator): string {
  const head = columns.map((name) => translator.text(`cli.models.column.${name}`));
  const rows = versions.map(({ file, stats, ...version }) => [
    `${modelId}@${version.versionId}`,
    truncate(version.name, 32),
    version.baseModel ?? '',
    file === null || file.sizeBytes === null ? '' : translator.bytes(file.sizeBytes),
    [file?.fp, file?.pruning, file?.quantType].filter((one) => (one ?? '') !== '').join(' '),
    stats.downloads === null ? '' : translator.number(stats.downloads),
    stats.thumbsUp === null ? '' : translator.number(stats.thumbsUp),
    version.publishedAt === null ? '' : translator.day(version.publishedAt),
    stateOf(version, translator),
    truncate(version.trainedWords.join(', '), 40),
  ]);
  return table([head, ...rows]);
}

function stateOf({ removed, gated }: Pick<ComparedVersion, 'removed' | 'gated'>, translator: Translator): string {
  if (removed) return translator.text('cli.models.versions.removed');
  return gated ? translator.text('cli.models.versions.gated') : '';
}
