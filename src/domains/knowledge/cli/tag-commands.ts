/** `kura knowledge tags`, `describe-tag`, `forget-tag`, `rename-tag`, `forget-alias`. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();

const tagsCommand = define({
  words: ['knowledge', 'tags'],
  remote: true,
  input: z.object({}),
  async run(_input, { call, out, translator }) {
    const answer = await call(contract.listTags, { query: {} });
    out.result(answer, () => renderTags(answer.items, translator));
    return 0;
  },
});

const renameTagCommand = define({
  words: ['knowledge', 'rename-tag'],
  arguments: [
    { name: 'tag', required: true },
    { name: 'name', required: true },
  ],
  remote: true,
  input: z.object({ tag: z.string(), name: z.string() }),
  async run({ tag, name }, { call, out, translator }) {
    const answer = await call(contract.renameTag, { params: { tag }, body: { name } });
    const entries = translator.number(answer.entries);
    out.result(answer, () => translator.text('cli.knowledge.rename-tag.done', { tag, name: answer.tag, entries }));
    return 0;
  },
});

const forgetAliasCommand = define({
  words: ['knowledge', 'forget-alias'],
  arguments: [{ name: 'alias', required: true }],
  remote: true,
  input: z.object({ alias: z.string() }),
  async run({ alias }, { call, out, translator }) {
    await call(contract.forgetTagAlias, { params: { alias } });
    out.result({ forgotten: alias }, () => translator.text('cli.knowledge.forget-alias.done', { alias }));
    return 0;
  },
});

const { body: meaning } = contract.describeTag;

const describeTagCommand = define({
  words: ['knowledge', 'describe-tag'],
  arguments: [{ name: 'tag', required: true }],
  options: [{ flags: '--type <type>' }, { flags: '--description <text>' }, { flags: '--colour <colour>' }],
  remote: true,
  input: z.object({
    tag: z.string(),
    type: meaning.shape.type.default(null),
    description: meaning.shape.description.default(null),
    colour: meaning.shape.colour.default(null),
  }),
  async run({ tag, ...body }, { call, out, translator }) {
    const described = await call(contract.describeTag, { params: { tag }, body });
    out.result(described, () => translator.text('cli.knowledge.describe-tag.done', { tag: described.tag }));
    return 0;
  },
});

const forgetTagCommand = define({
  words: ['knowledge', 'forget-tag'],
  arguments: [{ name: 'tag', required: true }],
  remote: true,
  input: z.object({ tag: z.string() }),
  async run({ tag }, { call, out, translator }) {
    await call(contract.forgetTagMeaning, { params: { tag } });
    out.result({ forgotten: tag }, () => translator.text('cli.knowledge.forget-tag.done', { tag }));
    return 0;
  },
});

export const tagCommands: ReadonlyArray<Command<Knowledge>> = [
  tagsCommand,
  describeTagCommand,
  forgetTagCommand,
  renameTagCommand,
  forgetAliasCommand,
];

function renderTags(items: readonly contract.ListedTag[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.tags.none');
  const head = ['tag', 'entries', 'type', 'description', 'aliases'].map((name) =>
    translator.text(`cli.knowledge.tags.column-${name}`),
  );
  return table([
    head,
    ...items.map(({ tag, entries, type, description, aliases }) => [
      tag,
      translator.number(entries),
      type === null ? '–' : translator.text(`knowledge.type-${type}`),
      description ?? '–',
      aliases.join(', '),
    ]),
  ]);
}
