/** Advice by fixed rules on what was counted (K-164): a figure, a limit, and how much it must be made of. */
import type { KnowledgeFigure, KnowledgeRecommendation, KnowledgeTexts } from '../../contract/index.ts';

type Figures = readonly KnowledgeFigure[];

/** Of fewer events or entries a share says nothing. */
const leastCounted = 5;
/** New incidents in 30 days. */
const manyIncidents = 50;
const incidentDays = 30;

/** A share of a figure that should not be smaller. */
const leastShares = [
  { id: 'problems-unsolved', figure: 'problems-solved', limit: 0.7 },
  { id: 'incidents-unexplained', figure: 'incidents-explained', limit: 0.5 },
  { id: 'searches-in-vain', figure: 'found', limit: 0.8 },
  { id: 'reviews-late', figure: 'in-time', limit: 0.9 },
] as const;

/**
 * Only what passed its limit, in the order of the contract.
 * @param days How long the period of the figures is; the limit of incidents grows with it.
 */
export function recommendationsFor(
  figures: Figures,
  { entries, withoutTag, lengths }: KnowledgeTexts,
  days: number,
): readonly KnowledgeRecommendation[] {
  const most = Math.ceil((manyIncidents * days) / incidentDays);
  const incidents = figures.find(({ id }) => id === 'incidents')?.value ?? 0;
  const many: readonly KnowledgeRecommendation[] =
    incidents > most ? [{ id: 'many-incidents', value: incidents, unit: 'count', limit: most, of: incidents }] : [];
  const below = leastShares.flatMap(({ id, figure, limit }): readonly KnowledgeRecommendation[] => {
    const found = figures.find((one) => one.id === figure);
    if (found === undefined || found.value === null || found.of < leastCounted || found.value >= limit) return [];
    return [{ id, value: found.value, unit: 'share', limit, of: found.of }];
  });
  const short = lengths[0]?.entries ?? 0;
  return [
    ...many,
    ...below,
    ...moreThan('tags-missing', withoutTag, entries),
    ...moreThan('texts-short', short, entries),
  ];
}

/** Every fifth entry may be like that. */
const mostShare = 0.2;

function moreThan(id: KnowledgeRecommendation['id'], part: number, of: number): readonly KnowledgeRecommendation[] {
  if (of < leastCounted || part / of <= mostShare) return [];
  return [{ id, value: part / of, unit: 'share', limit: mostShare, of }];
}
