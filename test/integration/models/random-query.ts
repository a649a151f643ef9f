/** Random conditions of a search, made of words that the random catalogue has and of some it has not. */
import * as fc from 'fast-check';

import type { TruthQuery } from './site-truth.ts';

export function randomQuery(today: number): fc.Arbitrary<TruthQuery> {
  const day = fc.integer({ min: 0, max: 420 }).map((days) => new Date(today - days * 86_400_000).toISOString());
  const tag = fc.constantFrom('style', 'STYLE', 'anime', '和風', 'saber_(fate)', 'c++', 'concept', 'no such tag');
  const conditions = {
    type: someOf('lora', 'Checkpoint', 'lycoris', 'embedding', 'HoloLattice'),
    base: someOf('sdxl', 'SD 1.5', 'pony', 'flux dev', 'Krea 9', 'family:sdxl'),
    tag: fc.array(tag, { minLength: 1, maxLength: 2 }),
    anyTag: fc.array(tag, { minLength: 1, maxLength: 3 }),
    notTag: fc.array(tag, { minLength: 1, maxLength: 2 }),
    category: someOf('style', 'character', 'concept', 'background', 'base model'),
    creator: fc.constantFrom('sea_side', 'Sea Side', '墨田工房', 'maker-7'),
    license: someOf('no-credit', 'derivatives', 'different-license', 'image', 'rent-civit', 'rent', 'sell'),
    publishedAfter: day,
    publishedBefore: day,
    updatedAfter: day,
    minDownloads: fc.integer({ min: 0, max: 1500 }),
    maxDownloads: fc.integer({ min: 200, max: 3000 }),
    minLikes: fc.integer({ min: 0, max: 25 }),
    maxLikes: fc.integer({ min: 5, max: 40 }),
    minLikeRatio: fc.constantFrom(0, 0.5, 0.75, 0.9, 1),
    minInteractions: fc.integer({ min: 0, max: 40 }),
    format: someOf('safetensors', 'pickle', 'gguf', 'HoloTensor'),
    minSizeBytes: fc.constantFrom(0, 1, 65_536, 65_537, 1_000_000),
    maxSizeBytes: fc.constantFrom(0, 3, 65_536, 10_000_000, 8_000_000_000),
    access: fc.constantFrom('any' as const, 'open' as const, 'early' as const),
  };
  return fc
    .tuple(
      fc.constantFrom('sfw' as const, 'all' as const, 'all' as const),
      fc.record(conditions),
      fc.subarray(Object.keys(conditions), { maxLength: 4 }),
    )
    .map(([nsfw, all, asked]) => ({
      ...Object.fromEntries(Object.entries(all).filter(([name]) => asked.includes(name))),
      nsfw,
    }));
}

function someOf(...names: string[]): fc.Arbitrary<readonly string[]> {
  return fc.subarray(names, { minLength: 1, maxLength: 3 });
}
