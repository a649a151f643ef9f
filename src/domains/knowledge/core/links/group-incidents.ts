/**
 * Incidents alike (K-060): each as a vector of the words it is about, weighted by how rare they are among the others; who
 * has most neighbours gathers them.
 */
import { wordWeights } from '../search/word-weights.ts';

export interface ComparedIncident {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly body: string;
}

export interface IncidentGroup {
  readonly ids: readonly string[];
  /** Words that most of them hold, the rarest first. */
  readonly shared: readonly string[];
}

const fewestAlike = 3;
/** Cosine of two vectors. Among the 79 incidents of the search set, each about a fault of its own, this finds one group. */
const alike = 0.3;
const mostShared = 6;

type Vector = ReadonlyMap<string, number>;

export function groupIncidents(incidents: readonly ComparedIncident[]): readonly IncidentGroup[] {
  const counted = incidents.map((incident) => ({ id: incident.id, words: wordWeights(incident) }));
  const holding = new Map<string, number>();
  for (const { words } of counted) for (const word of words.keys()) holding.set(word, (holding.get(word) ?? 0) + 1);
  function rarityOf(word: string): number {
    return Math.log(1 + incidents.length / (holding.get(word) ?? 1));
  }
  const vectors = counted.map(({ id, words }) => ({ id, vector: unitVector(words, rarityOf) }));
  const near = neighbours(vectors);
  const groups: IncidentGroup[] = [];
  const taken = new Set<string>();
  for (const [id, others] of [...near].toSorted(([, a], [, b]) => b.length - a.length)) {
    const free = taken.has(id) ? [] : [id, ...others.filter((other) => !taken.has(other))];
    if (free.length < fewestAlike) continue;
    for (const one of free) taken.add(one);
    const members = vectors.filter((one) => free.includes(one.id));
    groups.push({ ids: members.map((one) => one.id), shared: sharedWords(members, rarityOf) });
  }
  return groups;
}

function unitVector(words: Vector, rarityOf: (word: string) => number): Vector {
  const weighted = [...words].map(([word, count]) => [word, Math.sqrt(count) * rarityOf(word)] as const);
  const length = Math.sqrt(weighted.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  return new Map(weighted.map(([word, weight]) => [word, weight / length]));
}

function neighbours(
  vectors: ReadonlyArray<{ readonly id: string; readonly vector: Vector }>,
): ReadonlyMap<string, readonly string[]> {
  const near = new Map<string, string[]>(vectors.map(({ id }) => [id, []]));
  for (const [place, one] of vectors.entries()) {
    for (const other of vectors.slice(place + 1)) {
      if (cosine(one.vector, other.vector) < alike) continue;
      near.get(one.id)?.push(other.id);
      near.get(other.id)?.push(one.id);
    }
  }
  return near;
}

function cosine(one: Vector, other: Vector): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0);
  return sum;
}

function sharedWords(
  members: ReadonlyArray<{ readonly vector: Vector }>,
  rarityOf: (word: string) => number,
): readonly string[] {
  const holding = new Map<string, number>();
  for (const { vector } of members) for (const word of vector.keys()) holding.set(word, (holding.get(word) ?? 0) + 1);
  return [...holding]
    .filter(([, count]) => count * 2 > members.length)
    .toSorted(([a], [b]) => rarityOf(b) - rarityOf(a))
    .slice(0, mostShared)
    .map(([word]) => word);
}
