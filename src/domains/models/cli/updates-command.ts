/** `kura models updates`: newer versions of what the library holds, and with --apply their files. */
import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { listUpdates, type ModelUpdates, type NewerVersion } from '../contract/index.ts';
import type { Models } from '../models.ts';
import { fetchAll } from './get-command.ts';

type Context = CommandContext<Models>;

export const updatesCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'updates'],
  options: [{ flags: '--apply' }, { flags: '--any-base' }, { flags: '--accept-risk' }],
  output: 'ndjson',
  input: z.object({
    apply: z.boolean().default(false),
    anyBase: z.boolean().default(false),
    acceptRisk: z.boolean().default(false),
  }),
  async run({ apply, anyBase, acceptRisk }, context) {
    const found = await findAll(context);
    const wanted = found.flatMap((model) => refOf(model, anyBase) ?? []);
    if (apply && wanted.length > 0) {
      return fetchAll(await context.open(), { refs: wanted, acceptRisk }, context);
    }
    const unknown = found.filter(({ state }) => state === 'unknown').length;
    const counts = { models: found.length, wanted: wanted.length, unknown };
    context.out.event({ event: 'done', ...counts, refs: wanted }, () => summary(wanted, counts, context.translator));
    return unknown === 0 ? exitCodes.done : exitCodes.partlyDone;
  },
});

/** Page by page, each told as soon as it is known. */
async function findAll({ call, out, translator }: Context): Promise<readonly ModelUpdates[]> {
  const found: ModelUpdates[] = [];
  let cursor: string | undefined;
  do {
    out.progress(translator.text('cli.models.updates.progress', { models: String(found.length) }));
    const page = await call(listUpdates, {
      query: { limit: 100, ...(cursor === undefined ? {} : { cursor: Number(cursor) }) },
    });
    for (const model of page.items) {
      if (model.state === 'current') out.event({ event: 'model', ...model });
      else out.event({ event: 'model', ...model }, () => line(model, translator));
    }
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  out.progress(undefined);
  return found;
}

/** The latest version that can be fetched and, unless told otherwise, is for the same base model. */
function refOf({ modelId, newer }: ModelUpdates, anyBase: boolean): string | undefined {
  const version = newer.find(({ gated, sameBase }) => !gated && (anyBase || sameBase));
  return version === undefined ? undefined : `${modelId}@${version.versionId}`;
}

function line(model: ModelUpdates, translator: Translator): string {
  const head = translator.text(`cli.models.updates.${model.state}`, {
    id: String(model.modelId),
    name: model.name,
    reason: model.reason?.message ?? '',
  });
  return [head, ...model.newer.map((version) => `  ${versionLine(model.modelId, version, translator)}`)].join('\n');
}

function versionLine(modelId: number, version: NewerVersion, translator: Translator): string {
  const { versionId, name, baseModel, publishedAt, sizeBytes, gated, about } = version;
  const facts = [
    `${modelId}@${versionId}`,
    name,
    baseModel ?? '',
    publishedAt === null ? '' : translator.day(publishedAt),
    sizeBytes === null ? '' : translator.bytes(sizeBytes),
    gated ? translator.text('cli.models.updates.gated') : '',
    about.split('\n', 1)[0]?.slice(0, 80) ?? '',
  ];
  return facts.filter((fact) => fact !== '').join('  ');
}

function summary(
  refs: readonly string[],
  counts: { readonly models: number; readonly unknown: number },
  translator: Translator,
): string {
  const params = { models: String(counts.models), wanted: String(refs.length), unknown: String(counts.unknown) };
  const total = translator.text('cli.models.updates.total', params);
  return refs.length === 0 ? total : `${total}\n${translator.text('cli.models.updates.how')}`;
}
