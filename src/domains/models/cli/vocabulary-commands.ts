/** `kura models vocabulary`: the words a search understands. */
import { z } from 'zod';

import { type Command, defineCommand, table, truncate } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';

export const vocabularyCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'vocabulary'],
  arguments: [{ name: 'list' }],
  options: [{ flags: '--learned' }],
  remote: true,
  input: z.object({ list: contract.vocabularyListSchema.optional(), learned: z.boolean().default(false) }),
  async run({ list, learned }, { call, out, translator }) {
    const query = { learned: String(learned), ...(list === undefined ? {} : { list }) };
    const answer = await call(contract.readVocabulary, { query });
    if (answer.refreshFailed) out.warn(translator.text('cli.models.vocabulary.stale'));
    out.result(answer, () => renderTerms(answer.terms, translator));
    return 0;
  },
});

function renderTerms(terms: readonly contract.VocabularyTerm[], translator: Translator): string {
  if (terms.length === 0) return translator.text('cli.models.vocabulary.nothing');
  const head = ['list', 'word', 'group', 'models', 'marks', 'aliases'].map((name) =>
    translator.text(`cli.models.vocabulary.column.${name}`),
  );
  const rows = terms.map((term) => [
    translator.text(`cli.models.vocabulary.list.${term.list}`),
    term.value,
    [term.group, term.detail].filter((part) => part !== null).join(', '),
    term.sightings === 0 ? '' : translator.number(term.sightings),
    marksOf(term, translator),
    truncate(term.aliases.join(', '), 60),
  ]);
  return table([head, ...rows]);
}

function marksOf({ marks, learned, confidence }: contract.VocabularyTerm, translator: Translator): string {
  return [
    ...marks.map((mark) => translator.text(`cli.models.vocabulary.mark.${mark}`)),
    ...(learned ? [translator.text('cli.models.vocabulary.mark.learned', { confidence })] : []),
  ].join(', ');
}
