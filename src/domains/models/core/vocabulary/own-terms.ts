/** The words Kura came with, as lists for people. */
import {
  categoryWords,
  periodWords,
  permissionWords,
  type SpelledWord,
  sortWords,
  type VocabularyList,
  type VocabularyTerm,
} from '../../contract/index.ts';
import { baseFamilies } from './base-models.ts';
import { fileFormats } from './file-formats.ts';
import { kindOfType, modelKinds, typeWords } from './model-kinds.ts';
import { periodDays, permissionFacts, sortFacts } from './search-orders.ts';

type Facts = Partial<Omit<VocabularyTerm, 'list' | 'value' | 'aliases'>>;

/** Without sightings: what the catalogue has seen of them is added by the caller. */
export const ownTerms: readonly VocabularyTerm[] = [
  ...typeWords.map((word) => term('types', word, { extensions: kindOfType(word.word)?.extensions ?? [] })),
  ...modelKinds.map(({ id, aliases, apiType, extensions }) =>
    term('kinds', { word: id, aliases }, { group: apiType, extensions, marks: apiType === null ? ['unofficial'] : [] }),
  ),
  ...baseFamilies.flatMap(({ id, medium, bases }) =>
    bases.map((base) =>
      term('bases', { word: base.name, aliases: base.aliases }, { group: id, detail: medium, marks: marksOf(base) }),
    ),
  ),
  ...baseFamilies.map(({ id, aliases, within, medium }) =>
    term('families', { word: id, aliases }, { group: within, detail: medium }),
  ),
  ...categoryWords.map((word) => term('categories', word)),
  ...sortWords.map((word) => {
    const { official, parameter } = sortFacts[word.word];
    return term('sorts', word, { detail: parameter, marks: official ? [] : ['unofficial'] });
  }),
  ...periodWords.map((word) => term('periods', word, { detail: daysOf(periodDays[word.word]) })),
  ...permissionWords.map((word) => {
    const { field, parameter } = permissionFacts[word.word];
    return term('licences', word, { group: field, detail: parameter });
  }),
  ...fileFormats.map(({ name, aliases, extensions, canRunCode }) =>
    term('formats', { word: name, aliases }, { extensions, marks: canRunCode ? ['pickle'] : [] }),
  ),
];

/** What is not said is as for a word Kura came with. */
export function term(list: VocabularyList, { word, aliases }: SpelledWord, facts: Facts = {}): VocabularyTerm {
  return {
    list,
    value: word,
    aliases,
    group: null,
    detail: null,
    marks: [],
    extensions: [],
    learned: false,
    confidence: 1,
    sightings: 0,
    firstSeenAt: null,
    lastSeenAt: null,
    ...facts,
  };
}

function marksOf(base: { readonly hidden: boolean; readonly disabled: boolean }): VocabularyTerm['marks'] {
  return [...(base.hidden ? (['hidden'] as const) : []), ...(base.disabled ? (['disabled'] as const) : [])];
}

function daysOf(days: number | null): string | null {
  return days === null ? null : `${days} d`;
}
