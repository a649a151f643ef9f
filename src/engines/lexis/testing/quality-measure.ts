/** How good an order of hits is, by the judgements of the labelled set. */
import type { QualityQuery } from './quality-set.ts';

export interface Quality {
  readonly recall: number;
  readonly mrr: number;
  readonly ndcg: number;
  /** Of queries whose first three hits are all relevant, as far as there are that many. */
  readonly firstThree: number;
  readonly withoutHit: number;
  readonly forbidden: number;
}

/** Of one query; `ids` are the first ten hits. */
export function qualityOf({ grades, forbidden }: QualityQuery, ids: readonly string[]): Quality {
  const gains = ids.map((id) => grades.get(id) ?? 0);
  const ideal = [...grades.values()].toSorted((a, b) => b - a).slice(0, 10);
  const firsts = Math.min(3, ideal.length);
  const found = gains.filter((gain) => gain > 0).length;
  const first = gains.findIndex((gain) => gain > 0);
  return {
    recall: found / ideal.length,
    mrr: first === -1 ? 0 : 1 / (first + 1),
    ndcg: discounted(gains) / discounted(ideal),
    firstThree: gains.slice(0, firsts).filter((gain) => gain > 0).length === firsts ? 1 : 0,
    withoutHit: ids.length === 0 ? 1 : 0,
    forbidden: ids.filter((id) => forbidden.has(id)).length,
  };
}

/** Means, but sums of what must not happen at all. */
export function summarised(qualities: readonly Quality[]): Quality {
  function sum(of: (quality: Quality) => number): number {
    return qualities.reduce((total, one) => total + of(one), 0);
  }
  function mean(of: (quality: Quality) => number): number {
    return sum(of) / Math.max(1, qualities.length);
  }
  return {
    recall: mean(({ recall }) => recall),
    mrr: mean(({ mrr }) => mrr),
    ndcg: mean(({ ndcg }) => ndcg),
    firstThree: mean(({ firstThree }) => firstThree),
    withoutHit: sum(({ withoutHit }) => withoutHit),
    forbidden: sum(({ forbidden }) => forbidden),
  };
}

/** Gain 2^grade − 1, halved about every doubling of the place (Järvelin and Kekäläinen 2002). */
function discounted(grades: readonly number[]): number {
  return grades.reduce((total, grade, place) => total + (2 ** grade - 1) / Math.log2(place + 2), 0);
}
