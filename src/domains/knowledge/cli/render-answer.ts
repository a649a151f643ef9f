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
  notes.push(...answer.literal.map(({ text, reason }) => translator.text(`knowledge.literal-${reason}`, { text })));
  if (answer.total === 0) notes.push(...whyNothing(answer, translator));
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

/** What was tried, and which word is in the way. */
function whyNothing({ tried, words }: SearchAnswer, translator: Translator): readonly string[] {
  const steps = tried.filter(({ matched }) => matched !== 'all');
  if (steps.length === 0) return [translator.text('cli.knowledge.search.nothing-filtered')];
  const named = steps.map(({ matched }) => translator.text(`knowledge.step-${matched}`)).join(', ');
  const counts = words.map(({ word, entries }) => `${word} ${translator.number(entries)}`).join(', ');
  return [
    translator.text('cli.knowledge.search.nothing', { steps: named }),
    ...(counts === '' ? [] : [translator.text('cli.knowledge.search.words', { words: counts })]),
  ];
}
