/** Models nobody would make up by hand: each throw of the dice combines what the contract note warns of. */
import { DAY, KIB, MIB } from '#kernel/units';

import { keystream } from '../files/content.ts';
import { picturesOf, userIdOf } from './assemble.ts';
import { createDice, type Dice } from './dice.ts';
import type { CatalogueFile, CatalogueModel, CatalogueVersion, CounterName, ModelSpelling } from './entities.ts';
import * as words from './random-words.ts';

export interface RandomOptions {
  readonly seed: string;
  readonly today: number;
}

const firstModelId = 5_000_000;
const firstVersionId = 6_000_000;
const firstFileId = 7_000_000;
const mostVersions = 5;
const mostFiles = 4;

export function randomModels(count: number, options: RandomOptions): CatalogueModel[] {
  return Array.from({ length: count }, (_, index) =>
    randomModel(index, createDice(`${options.seed}/random/${index}`), options.today),
  );
}

function randomModel(index: number, dice: Dice, today: number): CatalogueModel {
  const id = firstModelId + index * 3;
  const name = `${dice.pick(words.manners)} ${dice.pick(words.nouns)}${dice.pick(words.decorations)}`;
  const creator = dice.pick(words.creators);
  const type = dice.pick(words.types);
  const versions = Array.from({ length: dice.int(1, mostVersions) }, (_, place) =>
    randomVersion({ modelId: id, index, place }, dice, today),
  );
  const shown = versions.find(({ status }) => status === 'Published') ?? versions[0];
  return {
    id,
    name,
    description: dice.chance(0.2) ? null : `<p>${name} &amp; <b>more</b></p>`,
    type,
    checkpointType: type === 'Checkpoint' ? dice.pick(['Merge', 'Trained']) : null,
    nsfw: dice.chance(0.15),
    nsfwLevel: dice.pick(words.masks),
    poi: dice.chance(0.06),
    minor: dice.chance(0.06),
    sfwOnly: dice.chance(0.1),
    availability: dice.chance(0.03) ? 'Private' : 'Public',
    mode: dice.pick([null, null, null, null, null, null, null, null, 'Archived', 'TakenDown']),
    ...randomLicence(dice),
    userId: userIdOf(creator ?? ''),
    creator,
    supportsGeneration: dice.chance(0.5),
    fromPlatform: dice.chance(0.2),
    counted: !dice.chance(0.03),
    ...randomCounters(dice),
    tags: some(dice, words.tags, dice.int(0, 5)),
    publishedAt: shown?.publishedAt ?? new Date(today).toISOString(),
    versions,
  };
}

/** Small numbers on purpose: ties are where orders and cursors break. */
function randomCounters(dice: Dice) {
  const downloads = dice.int(0, 40) * 50;
  return {
    downloads,
    thumbsUp: dice.int(0, 30),
    thumbsDown: dice.int(0, 6),
    comments: dice.int(0, 9),
    collected: dice.int(0, 9),
    tips: dice.int(0, 5) * 100,
  };
}

const hideable: readonly [CounterName, ...CounterName[]] = [
  'downloadCount',
  'thumbsUpCount',
  'thumbsDownCount',
  'commentCount',
  'tippedAmountCount',
];

function randomLicence(dice: Dice) {
  const rightsAs = dice.pick([undefined, undefined, 'braces', 'word', 'null'] as const);
  const rights = rightsAs === 'word' ? words.rightsLadder.slice(0, dice.int(0, 4)) : anyRights(dice);
  const spelling: ModelSpelling = {
    ...(rightsAs === undefined ? {} : { rightsAs }),
    hidden: dice.chance(0.3) ? [dice.pick(hideable)] : [],
    listedPerson: dice.chance(0.7),
    without: some(
      dice,
      [
        'nsfw',
        'nsfwLevel',
        'allowNoCredit',
        'allowDerivatives',
        'allowDifferentLicense',
        'stats',
        'tags',
        'description',
      ],
      dice.chance(0.15) ? 1 : 0,
    ),
  };
  return {
    allowNoCredit: dice.chance(0.6),
    allowDerivatives: dice.chance(0.6),
    allowDifferentLicense: dice.chance(0.5),
    allowCommercialUse: rightsAs === 'null' ? [] : rights,
    spelling,
  };
}

function anyRights(dice: Dice): readonly string[] {
  return words.rightsLadder.filter(() => dice.chance(0.5));
}

interface Place {
  readonly modelId: number;
  readonly index: number;
  readonly place: number;
}

function randomVersion({ modelId, index, place }: Place, dice: Dice, today: number): CatalogueVersion {
  const id = firstVersionId + index * mostVersions + place;
  // Whole days back, so that many share a date, and not always in the creator's order.
  const publishedAt = new Date(today - dice.int(1, 400) * DAY - dice.int(0, 3) * 1000).toISOString();
  const nsfwLevel = dice.pick(words.masks);
  const word = `${dice.pick(words.manners)} ${dice.pick(words.nouns)}`.toLowerCase();
  return {
    id,
    modelId,
    index: place,
    name: dice.pick(['v1.0', 'v2', '最終版', '', 'XL / 🦊']),
    baseModel: dice.pick(words.bases),
    baseModelType: dice.pick(['Standard', 'Inpainting', null]),
    createdAt: publishedAt,
    publishedAt,
    status: dice.pick(['Published', 'Published', 'Published', 'Published', 'Published', 'Draft']),
    ...randomAccess(dice, today),
    nsfwLevel,
    description: dice.chance(0.5) ? null : '<p>trained again</p>',
    trainedWords: dice.pick([[], [word], [`${word}, masterpiece,`], ['<lora:x:0.8>'], ['1girl, nsfw']]),
    vaeId: null,
    downloads: dice.int(0, 900),
    thumbsUp: dice.int(0, 90),
    files: Array.from({ length: dice.pick([0, 1, 1, 1, 2, 3]) }, (_, file) =>
      randomFile({ modelId, versionId: id, number: id * mostFiles + file, primary: file === 0 }, dice),
    ),
    linkedFiles: [],
    images: picturesOf(dice.int(0, 3), { dice, versionId: id, publishedAt, nsfwLevel }),
    spelling: {
      zoneless: dice.chance(0.2),
      without: some(
        dice,
        ['publishedAt', 'baseModel', 'nsfwLevel', 'trainedWords', 'images', 'stats'],
        dice.chance(0.12) ? 1 : 0,
      ),
    },
  };
}

/** Gates open, closed for ever, over, and of a server that forgot to say EarlyAccess. */
function randomAccess(dice: Dice, today: number) {
  const endsAt = new Date(today + dice.int(-20, 20) * DAY).toISOString();
  const gate = dice.pick([null, null, null, null, { permanent: false, endsAt }, { permanent: true, endsAt: null }]);
  return {
    availability: gate !== null && dice.chance(0.5) ? 'EarlyAccess' : 'Public',
    paidAccess: gate,
    usageControl: 'Download',
    requiresLogin: dice.chance(0.2),
    requiresGrant: false,
  };
}

interface FilePlace {
  readonly modelId: number;
  readonly versionId: number;
  readonly number: number;
  readonly primary: boolean;
}

function randomFile({ modelId, versionId, number, primary }: FilePlace, dice: Dice): CatalogueFile {
  const id = firstFileId + (number - firstVersionId * mostFiles);
  const format = dice.pick(words.formats);
  const name = dice.pick([
    'model.safetensors',
    '..pt',
    ' 提灯.safetensors',
    '<delta:0.7>.bin',
    `lora_${id}.safetensors`,
  ]);
  const size = dice.pick([0, 3, 64 * KIB, 5 * MIB, 150 * MIB, 6_900 * MIB]);
  // The same small bytes under several names and models happen; big ones would cost time to hash.
  const isHashed = size === 64 * KIB;
  return {
    id,
    modelId,
    versionId,
    name,
    uploadName: name,
    overrideName: null,
    type: dice.pick(['Model', 'Model', 'Training Data', 'Config', 'Archive']),
    metadata:
      format === null ? {} : { format, size: dice.pick(['full', 'pruned', null]), fp: dice.pick(['fp16', null]) },
    pickleScan: dice.pick(['Success', 'Pending', 'Danger', 'Error']),
    pickleMessage: null,
    virusScan: 'Success',
    scannedAt: null,
    primary,
    hashPolicy: isHashed ? dice.pick(['full', 'no-sha256', 'no-autov3', 'wrong-sha256']) : 'none',
    content: () => keystream(isHashed ? `random/${id % 40}` : `random/${id}`, size),
  };
}

function some<Item>(dice: Dice, items: readonly [Item, ...Item[]], count: number): Item[] {
  return [...new Set(Array.from({ length: count }, () => dice.pick(items)))];
}
