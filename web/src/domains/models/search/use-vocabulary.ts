import { useQuery } from '@tanstack/react-query';

import { readVocabulary, type VocabularyList, type VocabularyTerm } from '#models/contract';

import { routeQuery } from '../../../lib/route-query.ts';

/** A day: the server asks the site no oftener. */
const freshMs = 86_400_000;

/** The words a filter box suggests; what the site offers no longer stays out. Empty until the server has told them. */
export function useVocabulary(list: VocabularyList): readonly string[] {
  const answer = useQuery({ ...routeQuery(readVocabulary, { query: { list } }), staleTime: freshMs });
  return (answer.data?.terms ?? []).filter(isOffered).map(({ value }) => value);
}

function isOffered({ marks }: VocabularyTerm): boolean {
  return !marks.includes('hidden') && !marks.includes('disabled');
}
