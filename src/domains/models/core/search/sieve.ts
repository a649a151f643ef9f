/** Holds models against the conditions one after the other, and counts what each of them let through. */
import type { Model, ModelVersion } from '#engines/civitai';

import { matches } from '../query-language/evaluate.ts';
import type { Candidate } from './candidate.ts';
import type { NamedNode } from './condition-nodes.ts';

export interface StageCount {
  readonly filter: string;
  readonly in: number;
  readonly out: number;
}

export interface Relaxation {
  readonly filter: string;
  readonly wouldGive: number;
}

export interface Sieve {
  /** What of the model passes every condition; undefined = nothing. */
  sift(model: Model): Candidate | undefined;
  /** `versions` = has a version with a file, then the conditions in their order. */
  readonly stages: () => readonly StageCount[];
  /** How many models each condition alone kept out; only those that would give something, most first (M-038). */
  readonly relaxations: () => readonly Relaxation[];
}

/** Nobody may wish this away. */
const unrelaxable: ReadonlySet<string> = new Set(['protected']);

export function createSieve(nodes: readonly NamedNode[], now: number): Sieve {
  const counts = ['versions', ...nodes.map(({ name }) => name)].map((filter) => ({ filter, in: 0, out: 0 }));
  const alone = nodes.map(() => 0);

  function count(stage: number, kept: boolean): void {
    const one = counts[stage];
    if (one === undefined) return;
    one.in += 1;
    if (kept) one.out += 1;
  }

  /** A version that fails one condition only counts for it. */
  function countLonelyFailures(model: Model, versions: readonly ModelVersion[]): void {
    const lonely = new Set(versions.flatMap((version) => onlyFailure(nodes, { model, version }, now) ?? []));
    for (const index of lonely) alone[index] = (alone[index] ?? 0) + 1;
  }

  return {
    sift(model) {
      const withFiles = model.versions.filter((version) => version.files.length > 0);
      count(0, withFiles.length > 0);
      let versions: readonly ModelVersion[] = withFiles;
      for (const [index, { node }] of nodes.entries()) {
        if (versions.length === 0) break;
        versions = versions.filter((version) => matches(node, { model, version }, now));
        count(index + 1, versions.length > 0);
      }
      if (versions.length > 0) return { model, versions };
      countLonelyFailures(model, withFiles);
      return undefined;
    },
    stages: () => counts.map((one) => ({ ...one })),
    relaxations: () =>
      nodes
        .map(({ name }, index) => ({ filter: name, wouldGive: alone[index] ?? 0 }))
        .filter(({ filter, wouldGive }) => wouldGive > 0 && !unrelaxable.has(filter))
        .sort((a, b) => b.wouldGive - a.wouldGive),
  };
}

function onlyFailure(
  nodes: readonly NamedNode[],
  examined: { readonly model: Model; readonly version: ModelVersion },
  now: number,
): number | undefined {
  let only: number | undefined;
  for (const [index, { node }] of nodes.entries()) {
    if (matches(node, examined, now)) continue;
    if (only !== undefined) return undefined;
    only = index;
  }
  return only;
}
