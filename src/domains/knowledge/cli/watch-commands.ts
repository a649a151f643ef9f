/** `kura knowledge watch`, `unwatch`, `watched`. */
import { z } from 'zod';

import { type Command, defineCommand } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();
const idArgument = { name: 'id', required: true };
const idInput = z.object({ id: z.string() });

const watchCommand = define({
  words: ['knowledge', 'watch'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    const watch = await call(contract.watchEntry, { params: { id } });
    out.result(watch, () => translator.text('cli.knowledge.watch.done', { version: watch.version }));
    return 0;
  },
});

const unwatchCommand = define({
  words: ['knowledge', 'unwatch'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    const watch = await call(contract.unwatchEntry, { params: { id } });
    out.result(watch, () => translator.text('cli.knowledge.unwatch.done'));
    return 0;
  },
});

const watchedCommand = define({
  words: ['knowledge', 'watched'],
  remote: true,
  input: z.object({}),
  async run(_input, { call, out, translator }) {
    const answer = await call(contract.listWatched, {});
    out.result(answer, () => renderWatched(answer.items, translator));
    return 0;
  },
});

export const watchCommands: ReadonlyArray<Command<Knowledge>> = [watchCommand, unwatchCommand, watchedCommand];

function renderWatched(items: readonly contract.WatchedEntry[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.watched.none');
  return items
    .flatMap(({ entry, changed, seenVersion, version, updatedBy, linked }) => {
      const day = translator.day(entry.updatedAt);
      const change = { from: seenVersion, to: version, by: updatedBy, day };
      return [
        `${entry.title} (${entry.id})`,
        `    ${translator.text(changed ? 'cli.knowledge.watched.changed' : 'cli.knowledge.watched.same', change)}`,
        ...linked.map(
          ({ title, updatedAt }) =>
            `    ${translator.text('cli.knowledge.watched.linked', { title, day: translator.day(updatedAt) })}`,
        ),
      ];
    })
    .join('\n');
}
