import { table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { SearchAnswer } from '../contract/index.ts';

/** The answer for people: how many, what was searched instead if anything, then title, type and excerpt of each hit. */
export function renderAnswer(answer: SearchAnswer, translator: Translator): string {
  const notes = [
    ...answer.corrections.map(({ from, to }) => translator.text('cli.knowledge.search.corrected', { from, to })),
    ...(answer.ignored.length === 0
      ? []
      : [translator.text('cli.knowledge.search.ignored', { pieces: answer.ignored.join(' ') })]),
  ];
  if (answer.total > 0 && (answer.matched === 'fragments' || answer.matched === 'synonyms')) {
    notes.push(translator.text(`cli.knowledge.search.matched-${answer.matched}`));
  }
  const total = translator.text('cli.knowledge.search.total', {
    total: translator.number(answer.total),
    ms: translator.number(answer.ms),
  });
  const hits = answer.hits.map((hit) => {
    const head = table([[translator.text(`knowledge.type-${hit.type}`), hit.title, hit.externalId ?? hit.id]]);
    const parts = Object.entries(hit.parts ?? {}).filter(([, worth]) => worth > 0);
    const why = parts.map(([part, worth]) => `${translator.text(`knowledge.part-${part}`)} ${worth.toFixed(1)}`);
    return [head, `    ${hit.snippet.trim()}`, ...(why.length === 0 ? [] : [`    ${why.join(' + ')}`])].join('\n');
  });
  return [...notes, total, ...hits].join('\n');
}
