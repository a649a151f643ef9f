/** `kura models licences`: what the library's creators permit and ask for, and the list of names they are owed. */
import { resolve } from 'node:path';
import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, exitCodes, table, truncate } from '#platform/cli';
import { writeFileAtomic } from '#platform/files';
import type { Translator } from '#platform/i18n';

import { type LicensedModel, listLicences } from '../contract/index.ts';
import type { Models } from '../models.ts';

type Context = CommandContext<Models>;

export const licencesCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'licences'],
  options: [{ flags: '--attribution <file>' }],
  remote: true,
  input: z.object({ attribution: z.string().min(1).optional() }),
  async run({ attribution }, context) {
    const items = await readAll(context);
    const { out, translator } = context;
    const written = attribution === undefined ? undefined : resolve(attribution);
    if (written !== undefined) await writeFileAtomic(written, attributionText(items, translator));
    out.result({ items, ...(written === undefined ? {} : { attribution: written }) }, () =>
      render(items, written, translator),
    );
    return exitCodes.done;
  },
});

async function readAll({ call }: Context): Promise<readonly LicensedModel[]> {
  const items: LicensedModel[] = [];
  let cursor: string | undefined;
  do {
    const page = await call(listLicences, {
      query: { limit: 500, ...(cursor === undefined ? {} : { cursor: Number(cursor) }) },
    });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}

/** Everybody who wants to be named, and those of whom nobody knows: naming them does no harm. */
function attributionText(items: readonly LicensedModel[], translator: Translator): string {
  const named = items.filter(({ license }) => license.allowNoCredit !== true);
  const lines = named.map(({ name, creator, pageUrl }) =>
    translator.text('cli.models.licences.credit', {
      name: oneLine(name),
      creator: oneLine(creator ?? translator.text('cli.models.licences.nobody')),
      pageUrl,
    }),
  );
  return `${[translator.text('cli.models.licences.head'), '', ...lines].join('\n')}\n`;
}

/** Names are strangers' text: a line break in one would forge another line. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

function render(items: readonly LicensedModel[], written: string | undefined, translator: Translator): string {
  if (items.length === 0) return translator.text('cli.models.licences.nothing');
  const rows = items.map(({ modelId, name, creator, duties }) => [
    String(modelId),
    truncate(name, 44),
    truncate(creator ?? '', 20),
    duties.map((duty) => translator.text(`cli.models.licences.${duty}`)).join(', '),
  ]);
  const head = ['id', 'name', 'creator', 'duties'].map((name) => translator.text(`cli.models.column.${name}`));
  const note = written === undefined ? [] : [translator.text('cli.models.licences.written', { path: written })];
  return [table([head, ...rows]), ...note].join('\n');
}
