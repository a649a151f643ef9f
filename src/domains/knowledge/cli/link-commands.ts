/** `kura knowledge links`, `link`, `unlink`, `follow`. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();
const idArgument = { name: 'id', required: true };
const idInput = z.object({ id: z.string() });
const linkArguments = [idArgument, { name: 'kind', required: true }, { name: 'target', required: true }];
const linkInput = idInput.extend({ kind: contract.linkKindSchema, target: z.string() });

const linksCommand = define({
  words: ['knowledge', 'links'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    const answer = await call(contract.listLinks, { params: { id } });
    out.result(answer, () => renderLinks(answer.items, translator));
    return 0;
  },
});

const linkCommand = define({
  words: ['knowledge', 'link'],
  arguments: linkArguments,
  options: [{ flags: '--note <text>' }],
  remote: true,
  input: linkInput.extend({ note: contract.noteSchema.optional() }),
  async run({ id, note, ...link }, { call, out, translator }) {
    const body = { ...link, ...(note === undefined ? {} : { note }) };
    const answer = await call(contract.linkEntries, { params: { id }, body });
    out.result(answer, () => renderLinks(answer.items, translator));
    return 0;
  },
});

const unlinkCommand = define({
  words: ['knowledge', 'unlink'],
  arguments: linkArguments,
  remote: true,
  input: linkInput,
  async run(params, { call, out, translator }) {
    await call(contract.unlinkEntries, { params });
    out.result({ unlinked: params }, () => translator.text('cli.knowledge.unlink.done'));
    return 0;
  },
});

const followCommand = define({
  words: ['knowledge', 'follow'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    const entry = await call(contract.followEntry, { params: { id } });
    const type = translator.text(`knowledge.type-${entry.type}`);
    out.result(entry, () => translator.text('cli.knowledge.follow.done', { id: entry.id, type }));
    return 0;
  },
});

export const linkCommands: ReadonlyArray<Command<Knowledge>> = [
  linksCommand,
  linkCommand,
  unlinkCommand,
  followCommand,
];

function renderLinks(items: readonly contract.EntryLink[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.links.none');
  return table(
    items.map(({ kind, direction, entry, note }) => [
      translator.text(`knowledge.link-${kind}-${direction}`),
      entry.id,
      translator.text(`knowledge.type-${entry.type}`),
      entry.title,
      note ?? '',
    ]),
  );
}
