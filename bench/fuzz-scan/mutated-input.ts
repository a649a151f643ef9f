/** The input of a number: the same on every machine, so that a failing one can be made again. */
import { mulberry32 } from '#stand-ins/seeded-random';

import { type Mutation, meaningfulBytes, mutate } from '../../src/engines/modelscan/testing/fuzz-corpus.ts';
import { type Seed, seeds } from './seeds.ts';

export interface MutatedInput {
  /** Says a loader, not always the one of the content. */
  readonly name: string;
  readonly content: Buffer;
}

export function mutatedInput(seed: number, index: number): MutatedInput {
  const random = mulberry32(seed * 0x9e37_79b9 + index);
  const [ownName, good] = pick(seeds, random);
  const [otherName]: Seed = pick(seeds, random);
  const mutations = Array.from({ length: 1 + below(5, random) }, () => mutationOf(good.length, random));
  const content = mutate(good, mutations);
  const isCut = below(8, random) === 0;
  return {
    name: below(8, random) === 0 ? otherName : ownName,
    content: isCut ? content.subarray(0, below(content.length + 1, random)) : content,
  };
}

function mutationOf(length: number, random: () => number): Mutation {
  const bytes = below(3, random) === 0 ? pick(meaningfulBytes, random) : randomBytes(below(6, random), random);
  // Mostly in place, so that what follows keeps its distance.
  const remove = below(4, random) === 0 ? below(12, random) : bytes.length;
  return { at: below(length + 1, random), bytes, remove };
}

function randomBytes(length: number, random: () => number): Buffer {
  return Buffer.from(Array.from({ length }, () => below(256, random)));
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[below(items.length, random)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function below(limit: number, random: () => number): number {
  return Math.floor(random() * limit);
}
