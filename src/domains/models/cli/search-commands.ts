/** `kura models search`. */
import { z } from 'zod';

import { type Command, defineCommand, exitCodes, table, truncate } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import { commaList } from './comma-list.ts';

const { query: _query, license: _license, ...filters } = contract.searchQuerySchema.shape;

export const searchCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'search'],
  arguments: [{ name: 'query', variadic: true }],
  options: [
    { flags: '--type <type...>' },
    { flags: '--base <base...>' },
    { flags: '--tag <tag...>' },
    { flags: '--category <category...>' },
    { flags: '--sort <sort>' },
    { flags: '--period <period>' },
    { flags: '--creator <name>' },
    { flags: '--license <permission...>' },
    { flags: '--since <day>' },
    { flags: '--nsfw <rating>' },
    { flags: '--limit <n>' },
    { flags: '--cursor <cursor>' },
  ],
  remote: true,
  input: z.object({
    ...filters,
    query: z.array(z.string()).default([]),
    license: commaList.pipe(z.array(contract.licencePermissionSchema).optional()),
  }),
  async run({ query, ...filter }, { call, out, translator }) {
    const text = query.join(' ').trim();
    const answer = await call(contract.searchModels, {
      query: { ...filter, ...(text === '' ? {} : { query: text }) },
    });
    if (answer.error !== undefined) out.warn(translator.text('cli.models.search.cut-short', answer.error));
    out.result(answer, () => renderAnswer(answer, translator));
    return answer.error === undefined ? exitCodes.done : exitCodes.partlyDone;
  },
});

function renderAnswer(answer: contract.SearchAnswer, translator: Translator): string {
  const head = ['id', 'name', 'type', 'base', 'creator', 'downloads', 'size'].map((name) =>
    translator.text(`cli.models.column.${name}`),
  );
  const rows = answer.items.map((item) => [
    `${item.modelId}@${item.versionId}`,
    truncate(item.name, 44),
    item.type,
    item.baseModel ?? '',
    truncate(item.creator ?? '', 20),
    item.stats.downloads === null ? '' : translator.number(item.stats.downloads),
    sizeOf(item, translator),
  ]);
  const stages = answer.stages.map((stage) => `${stage.filter} ${stage.in} → ${stage.out}`).join(', ');
  return [
    answer.items.length === 0 ? translator.text('cli.models.search.nothing') : table([head, ...rows]),
    translator.text('cli.models.search.stages', { stages }),
    ...(answer.nextCursor === undefined
      ? []
      : [translator.text('cli.models.search.more', { cursor: answer.nextCursor })]),
  ].join('\n');
}

function sizeOf({ files }: contract.FoundModel, translator: Translator): string {
  const size = files[0]?.sizeBytes;
  return size === null || size === undefined ? '' : translator.bytes(size);
}
