/** What a file is by its content, as rows for people; what it does not tell is called unknown or left out. */
import type { Translator } from '#platform/i18n';

import type { ModelFactsView } from '../contract/index.ts';

type Row = readonly [label: string, value: string];

/** More of a list is of no use on a terminal. */
const WORDS_SHOWN = 20;

export function factsRows(facts: ModelFactsView, translator: Translator): readonly Row[] {
  const { rank, alpha, tensors, parameters } = facts;
  const base = [facts.baseName, facts.variant].filter((part) => part !== null).join(' ');
  const rows: readonly (readonly [string, string])[] = [
    ['kind', judged(facts.kind, [facts.kind?.id, ...facts.special].join(', '), translator)],
    ['base', judged(facts.base, translator.text('cli.models.facts.family', { base }), translator)],
    ['precision', facts.precision ?? translator.text('cli.models.facts.unknown')],
    [
      'tensors',
      translator.text('cli.models.facts.count', {
        tensors: translator.number(tensors),
        parameters: translator.number(parameters),
      }),
    ],
    ['rank', rank === null ? '' : rankText(rank)],
    ['alpha', alpha === null ? '' : translator.number(alpha)],
    ['words', facts.trainedWords.slice(0, WORDS_SHOWN).join(', ')],
    ['resolutions', facts.resolutions.slice(0, WORDS_SHOWN).join(', ')],
    ['stated', facts.statedBases.join(', ')],
    ['trained-on', facts.trainedOn ?? ''],
    ['merge', facts.mergeRecipe ?? ''],
    ...facts.contradictions.map(({ message }) => ['contradiction', message] as const),
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [translator.text(`cli.models.facts.${name}`), value]);
}

function judged(judgement: ModelFactsView['kind'], what: string, translator: Translator): string {
  if (judgement === null) return translator.text('cli.models.facts.unknown');
  const reasons = judgement.reasons.map(({ message }) => message).join(', ');
  return translator.text('cli.models.facts.sureness', {
    what,
    confidence: translator.number(judgement.confidence),
    reasons,
  });
}

function rankText({ least, most, usual }: NonNullable<ModelFactsView['rank']>): string {
  return least === most ? String(usual) : `${usual} (${least}–${most})`;
}
