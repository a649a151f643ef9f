/**
 * Models as a site of that size has them: kinds and base models as skewed as on CivitAI, tags by Zipf's law, names in
 * English and Japanese, a few models with nearly all downloads. A fixed seed gives the same on every machine.
 */
import { type Model, readModel } from '#engines/civitai';

/** About 2.5 versions a model, in batches. */
export function* generateModels(wanted: number, perBatch: number): Generator<readonly Model[]> {
  const fraction = randomFractions(20_261_122);
  let made = 0;
  for (let modelId = 1; made < wanted; ) {
    const batch: Model[] = [];
    while (batch.length < perBatch && made < wanted) {
      const count = Math.min(wanted - made, versionsOf(fraction));
      const reading = readModel(rawModel({ modelId, firstVersion: made + 1, count }, fraction));
      if ('item' in reading) batch.push(reading.item);
      made += count;
      modelId += 1;
    }
    yield batch;
  }
}

type Fraction = () => number;

function versionsOf(fraction: Fraction): number {
  return 1 + Math.floor(4 * fraction() * fraction() * 1.6) + (fraction() < 0.1 ? 4 : 0);
}

/** Weighted: later ones are rarer. */
const types = ['LORA', 'LORA', 'LORA', 'LORA', 'LORA', 'LORA', 'Checkpoint', 'Checkpoint', 'Checkpoint', 'LoCon'];
const rareTypes = ['TextualInversion', 'VAE', 'Controlnet', 'Workflows', 'Upscaler', 'Poses'];
const bases = [
  'Illustrious',
  'Illustrious',
  'SDXL 1.0',
  'SDXL 1.0',
  'SD 1.5',
  'SD 1.5',
  'Pony',
  'Pony',
  'Flux.1 D',
  'NoobAI',
];
const rareBases = ['SD 2.1', 'Wan Video 14B t2v', 'Qwen', 'Chroma', 'HiDream', 'Anima', 'SDXL Turbo', 'Other'];
const categories = ['character', 'character', 'style', 'concept', 'clothing', 'background', 'poses', 'vehicle', 'tool'];
const subjects = ['girl', 'lantern', 'harbour', 'dragon', 'knight', 'city', 'forest', 'portrait', 'armor', 'fox'];
const japanese = ['夜景', '提灯', '少女', '狐面', '和風', '桜', '水彩', '背景', '制服', '魔法使い', '線画', '雪国'];
const fillers =
  'a the with for and of detailed soft light model trained on images use weight strength best version'.split(' ');

function rawModel(
  { modelId, firstVersion, count }: { modelId: number; firstVersion: number; count: number },
  fraction: Fraction,
): Record<string, unknown> {
  const downloads = Math.floor(Math.exp(fraction() * fraction() * 14));
  const isSafe = fraction() < 0.65;
  return {
    id: modelId,
    name: nameOf(fraction),
    description: `<p>${sentence(40, fraction)}</p>`,
    type: fraction() < 0.92 ? pick(types, fraction) : pick(rareTypes, fraction),
    nsfw: !isSafe,
    nsfwLevel: isSafe ? 1 : 31,
    poi: fraction() < 0.02,
    minor: fraction() < 0.02,
    allowNoCredit: fraction() < 0.7,
    allowDerivatives: fraction() < 0.6,
    allowDifferentLicense: fraction() < 0.4,
    allowCommercialUse: ['Image', 'RentCivit', 'Rent', 'Sell'].slice(0, Math.floor(fraction() * 5)),
    availability: 'Public',
    creator: { username: `maker${Math.floor(20_000 ** fraction())}`, image: null },
    tags: tagsOf(fraction),
    stats: {
      downloadCount: downloads,
      thumbsUpCount: Math.floor(downloads * 0.1 * fraction()),
      thumbsDownCount: Math.floor(downloads * 0.002 * fraction()),
      commentCount: Math.floor(downloads * 0.005 * fraction()),
      tippedAmountCount: Math.floor(downloads * 0.05 * fraction()),
    },
    modelVersions: Array.from({ length: count }, (_, place) =>
      rawVersion(firstVersion + place, { place, isSafe }, fraction),
    ),
  };
}

function rawVersion(id: number, { place, isSafe }: { place: number; isSafe: boolean }, fraction: Fraction) {
  const day = Math.floor(fraction() * 1400);
  return {
    id,
    index: place,
    name: `v${place + 1}.0`,
    baseModel: fraction() < 0.9 ? pick(bases, fraction) : pick(rareBases, fraction),
    publishedAt: new Date(Date.UTC(2023, 0, 1 + day)).toISOString(),
    availability: fraction() < 0.03 ? 'EarlyAccess' : 'Public',
    nsfwLevel: isSafe ? 1 : 31,
    trainedWords: [`${pick(subjects, fraction)} ${inventedWord(fraction)}`],
    files: [
      {
        id,
        name: `${id}.safetensors`,
        type: 'Model',
        primary: true,
        sizeKB: Math.floor(fraction() * 6_800_000),
        metadata: { format: fraction() < 0.95 ? 'SafeTensor' : 'PickleTensor' },
        hashes: { SHA256: id.toString(16).padStart(64, 'f'), CRC32: id.toString(16).padStart(8, '0') },
      },
    ],
    images: [],
  };
}

function nameOf(fraction: Fraction): string {
  const words = fraction() < 0.3 ? [pick(japanese, fraction), pick(japanese, fraction)] : [pick(subjects, fraction)];
  return [...words, inventedWord(fraction), fraction() < 0.4 ? 'style' : inventedWord(fraction)].join(' ');
}

function tagsOf(fraction: Fraction): readonly string[] {
  const invented = Array.from({ length: 6 }, () => inventedWord(fraction));
  return [...new Set([pick(categories, fraction), pick(subjects, fraction), ...invented])];
}

function sentence(words: number, fraction: Fraction): string {
  return Array.from({ length: words }, () => {
    if (fraction() < 0.5) return pick(fillers, fraction);
    return fraction() < 0.1 ? pick([...subjects, ...japanese], fraction) : inventedWord(fraction);
  }).join(' ');
}

/** Zipf's law, roughly: the n-th word is n times as rare as the first. */
export function inventedWord(fraction: Fraction): string {
  const rank = Math.floor(30_000 ** fraction());
  return (rank * 7919 + 46_656).toString(36).replaceAll(/\d/g, (digit) => 'aeiouklmnr'.charAt(Number(digit)));
}

export function randomFractions(seed: number): Fraction {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function pick<T>(from: readonly T[], fraction: Fraction): T {
  const picked = from[Math.floor(fraction() * from.length)];
  if (picked === undefined) throw new RangeError('nothing to pick from');
  return picked;
}
