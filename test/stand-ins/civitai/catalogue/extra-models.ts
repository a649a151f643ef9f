/** Ordinary models by the ten thousand: small rows, small files, made from their number alone. */
import { DAY, KIB } from '#kernel/units';

import type { Content } from '../files/content.ts';
import { picturesOf, userIdOf } from './assemble.ts';
import { createDice, type Dice } from './dice.ts';
import type { CatalogueFile, CatalogueModel, CatalogueVersion } from './entities.ts';
import { loraContent } from './file-kinds.ts';

const subjects = [
  'Harbour',
  'Orchard',
  'Tram',
  'Teapot',
  'Glacier',
  'Bakery',
  'Lantern',
  'Violin',
  'Greenhouse',
  'Bridge',
  '石庭',
  '茶室',
  '雪山',
  'Kite',
  'Library',
  'Windmill',
] as const;
const styles = [
  'Watercolour',
  'Isometric',
  'Woodcut',
  'Pastel',
  'Neon',
  'Felt',
  'Blueprint',
  'Mosaic',
  '水墨',
  'Pixel',
  'Film',
  'Gouache',
] as const;
const bases = [
  'SD 1.5',
  'SDXL 1.0',
  'Illustrious',
  'Pony',
  'NoobAI',
  'Flux.1 D',
  'Qwen',
  'ZImageTurbo',
  'Wan Video 14B t2v',
  'Krea 2',
] as const;
const types = ['LORA', 'LORA', 'LORA', 'LoCon', 'DoRA', 'TextualInversion', 'Checkpoint'] as const;

const firstModelId = 1_000_000;
const firstVersionId = 2_000_000;
const firstFileId = 3_000_000;

export function extraModels(
  count: number,
  options: { readonly seed: string; readonly today: number },
): CatalogueModel[] {
  return Array.from({ length: count }, (_, index) => extraModel(index, options));
}

function extraModel(index: number, options: { readonly seed: string; readonly today: number }): CatalogueModel {
  const dice = createDice(`${options.seed}/extra/${index}`);
  const subject = dice.pick(subjects);
  const style = dice.pick(styles);
  const creator = `maker_${dice.int(1, 400)}`;
  const downloads = dice.int(0, 40_000);
  const type = dice.pick(types);
  const publishedAt = new Date(options.today - dice.int(1, 1200) * DAY - dice.int(0, DAY - 1)).toISOString();
  const version = extraVersion(index, {
    seed: options.seed,
    dice,
    publishedAt,
    type,
    word: `${style} ${subject}`.toLowerCase(),
  });
  return {
    id: firstModelId + index,
    name: `${style} ${subject} ${index}`,
    description: `<p>${style} rendering of a ${subject}.</p>`,
    type,
    checkpointType: type === 'Checkpoint' ? 'Merge' : null,
    nsfw: false,
    nsfwLevel: 1,
    poi: false,
    minor: false,
    sfwOnly: false,
    availability: 'Public',
    mode: null,
    allowNoCredit: true,
    allowCommercialUse: ['Image', 'RentCivit'],
    allowDerivatives: true,
    allowDifferentLicense: index % 2 === 0,
    userId: userIdOf(creator),
    creator,
    supportsGeneration: index % 3 !== 0,
    fromPlatform: false,
    counted: true,
    downloads,
    thumbsUp: Math.floor(downloads / 11),
    thumbsDown: Math.floor(downloads / 990),
    tips: (downloads % 700) % 500,
    comments: downloads % 90,
    collected: downloads % 700,
    tags: [style.toLowerCase(), subject.toLowerCase()],
    publishedAt,
    versions: [version],
  };
}

function extraVersion(
  index: number,
  of: {
    readonly seed: string;
    readonly dice: Dice;
    readonly publishedAt: string;
    readonly type: string;
    readonly word: string;
  },
): CatalogueVersion {
  const id = firstVersionId + index;
  const base = of.dice.pick(bases);
  const upload = `${of.word.replaceAll(' ', '_')}_${index}.safetensors`;
  const bytes = of.dice.int(2, 12) * KIB;
  const file: CatalogueFile = {
    id: firstFileId + index,
    modelId: firstModelId + index,
    versionId: id,
    name: upload,
    uploadName: upload,
    overrideName: null,
    type: 'Model',
    metadata: { format: 'SafeTensor', size: 'pruned', fp: 'fp16', isRequired: false },
    pickleScan: 'Success',
    pickleMessage: 'No Pickle imports',
    virusScan: 'Success',
    scannedAt: of.publishedAt,
    primary: true,
    hashPolicy: 'full',
    content: remembered(() =>
      loraContent({ upload, base, bytes, rank: 16, words: [of.word] }, `${of.seed}/extra/${index}`),
    ),
  };
  return {
    id,
    modelId: firstModelId + index,
    index: 0,
    name: 'v1.0',
    baseModel: base,
    baseModelType: 'Standard',
    createdAt: of.publishedAt,
    publishedAt: of.publishedAt,
    status: 'Published',
    availability: 'Public',
    paidAccess: null,
    usageControl: 'Download',
    requiresLogin: false,
    requiresGrant: false,
    nsfwLevel: 1,
    description: null,
    trainedWords: [of.word],
    vaeId: null,
    downloads: of.dice.int(0, 9000),
    thumbsUp: of.dice.int(0, 900),
    files: [file],
    linkedFiles: [],
    images: picturesOf(1, { dice: of.dice, versionId: id, publishedAt: of.publishedAt, nsfwLevel: 1 }),
  };
}

/** Kept while something uses it, free to go afterwards: tens of thousands of headers would fill the memory. */
function remembered(make: () => Content): () => Content {
  let kept: WeakRef<Content> | undefined;
  return () => {
    const content = kept?.deref() ?? make();
    kept = new WeakRef(content);
    return content;
  };
}
