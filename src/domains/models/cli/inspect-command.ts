/** `kura models inspect FILE|LIBRARY-ID`: what a model file is by its content. */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';

import { z } from 'zod';

import { createScanner } from '#engines/modelscan';
import { KuraError } from '#kernel/errors';
import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import { contradictionsOf } from '../core/facts/contradictions.ts';
import { presentFacts } from '../http/present-facts.ts';
import type { Models } from '../models.ts';
import { factsRows } from './facts-text.ts';

interface Inspected {
  readonly path: string;
  readonly name: string;
  readonly facts: contract.ModelFactsView | null;
}

/** Nobody claims anything of a file that is only a file. */
const noClaims = { type: 'Other', baseModel: null, precision: null } as const;

export const inspectCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'inspect'],
  arguments: [{ name: 'what', required: true }],
  remote: true,
  input: z.object({ what: z.string().trim().min(1) }),
  async run({ what }, { call, out, signal, translator }) {
    if (z.uuid().safeParse(what).success) {
      const { path, name, facts } = await call(contract.readLibraryFile, { params: { id: what } });
      out.result({ path, name, facts }, () => readable({ path, name, facts }, 'not-yet', translator));
      return 0;
    }
    const inspected = await inspectFile(resolve(what), signal, translator);
    out.result(inspected, () => readable(inspected, 'nothing', translator));
    return 0;
  },
});

/** @throws KuraError `models.inspect-unreadable`; what looking for the file throws */
async function inspectFile(path: string, signal: AbortSignal, translator: Translator): Promise<Inspected> {
  const unreadable = new KuraError('invalid', 'models.inspect-unreadable', { params: { path } });
  if (!(await stat(path)).isFile()) throw unreadable;
  await using scanner = createScanner();
  const { verdict, facts } = await scanner.scan(path, { signal });
  if (verdict === 'unscanned') throw unreadable;
  const known = facts === undefined ? null : { facts, contradictions: contradictionsOf(facts, noClaims) };
  return { path, name: basename(path), facts: known === null ? null : presentFacts(known, translator) };
}

function readable({ path, facts }: Inspected, otherwise: 'nothing' | 'not-yet', translator: Translator): string {
  if (facts === null) return `${path}\n${translator.text(`cli.models.inspect.${otherwise}`)}`;
  return [path, table(factsRows(facts, translator))].join('\n');
}
