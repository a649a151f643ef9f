/** Turns drafts into rows: ids in steady steps, dates counted back from today, counters and pictures thrown by dice. */
import { DAY, MINUTE } from '#kernel/units';

import type { Content } from '../files/content.ts';
import { createDice, type Dice } from './dice.ts';
import type { FileDraft, KnownRole, ModelDraft, VersionDraft } from './draft.ts';
import type { CatalogueFile, CatalogueImage, CatalogueModel, CatalogueVersion } from './entities.ts';
import { computedFileName } from './file-name.ts';

export interface AssemblyOptions {
  readonly seed: string;
  /** Midnight of the simulated today, in milliseconds since the epoch. */
  readonly today: number;
  readonly firstModelId: number;
  readonly firstVersionId: number;
  readonly firstFileId: number;
}

export interface Assembled {
  readonly models: readonly CatalogueModel[];
  readonly roles: ReadonlyMap<KnownRole, CatalogueFile>;
}

const licences = {
  open: {
    allowCommercialUse: ['Image', 'RentCivit', 'Rent', 'Sell'],
    allowDerivatives: true,
    allowDifferentLicense: true,
  },
  'image-only': { allowCommercialUse: ['Image', 'RentCivit'], allowDerivatives: true, allowDifferentLicense: false },
  none: { allowCommercialUse: [], allowDerivatives: false, allowDifferentLicense: false },
  'sell-only': { allowCommercialUse: ['Sell'], allowDerivatives: true, allowDifferentLicense: true },
} as const;

export function assemble(drafts: readonly ModelDraft[], options: AssemblyOptions): Assembled {
  const assembly = createAssembly(options);
  return { models: drafts.map((draft, index) => assembly.model(draft, index)), roles: assembly.roles };
}

function createAssembly(options: AssemblyOptions) {
  const roles = new Map<KnownRole, CatalogueFile>();
  let nextVersion = options.firstVersionId;
  let nextFile = options.firstFileId;

  function model(draft: ModelDraft, index: number): CatalogueModel {
    const dice = createDice(`${options.seed}/${draft.name}`);
    const id = options.firstModelId + index * 10;
    const newest = dice.int(0, 600);
    const versions = draft.versions.map((version, position) =>
      versionOf(version, { draft, dice, modelId: id, position, age: newest + position * 45 }),
    );
    const published = versions.find((version) => version.status === 'Published') ?? versions[0];
    return {
      id,
      name: draft.name,
      description:
        draft.description === undefined
          ? `<p>${draft.name}. Trained on own photographs and drawings.</p>`
          : draft.description,
      type: draft.type,
      checkpointType: draft.checkpointType ?? null,
      nsfw: draft.nsfw ?? false,
      nsfwLevel: draft.nsfwLevel ?? 1,
      poi: draft.poi ?? false,
      minor: false,
      sfwOnly: false,
      availability: draft.availability ?? 'Public',
      mode: draft.mode ?? null,
      allowNoCredit: draft.licence !== 'image-only',
      ...licences[draft.licence ?? 'open'],
      userId: userIdOf(draft.creator ?? ''),
      creator: draft.creator ?? null,
      supportsGeneration: draft.fresh !== true && dice.chance(0.7),
      fromPlatform: dice.chance(0.2),
      counted: draft.fresh !== true,
      ...counters(dice),
      tags: draft.tags ?? [],
      publishedAt: published?.publishedAt ?? dateOf(newest),
      versions,
    };
  }

  function dateOf(daysAgo: number): string {
    return new Date(options.today - daysAgo * DAY - ((daysAgo * 7919) % 1440) * MINUTE - 1000).toISOString();
  }

  function versionOf(draft: VersionDraft, place: VersionPlace): CatalogueVersion {
    const { dice } = place;
    const id = nextVersion;
    nextVersion += 2;
    const name = draft.name ?? 'v1.0';
    const publishedAt = dateOf(place.age);
    const primary = primaryIndex(draft);
    const nsfwLevel = place.draft.nsfwLevel ?? 1;
    return {
      id,
      modelId: place.modelId,
      index: place.position,
      name,
      baseModel: draft.base ?? place.draft.base,
      baseModelType: draft.baseType === undefined ? 'Standard' : draft.baseType,
      createdAt: new Date(Date.parse(publishedAt) - 20 * MINUTE).toISOString(),
      publishedAt,
      status: draft.status ?? 'Published',
      ...accessOf(draft.access),
      nsfwLevel,
      description: draft.description ?? null,
      trainedWords: draft.words ?? [],
      vaeId: draft.linkedVae === undefined ? null : (roles.get(draft.linkedVae)?.versionId ?? null),
      downloads: dice.int(0, 9000),
      thumbsUp: dice.int(0, 900),
      files: draft.files.map((file, index) =>
        fileOf(file, { ...place, version: draft, versionId: id, name, publishedAt, primary: index === primary }),
      ),
      linkedFiles: linkedFiles(draft),
      images: picturesOf(draft.images ?? 1, { dice, versionId: id, publishedAt, nsfwLevel }),
    };
  }

  function linkedFiles(draft: VersionDraft): CatalogueFile[] {
    const file = draft.linkedVae === undefined ? undefined : roles.get(draft.linkedVae);
    return file === undefined ? [] : [{ ...file, type: 'VAE', primary: false }];
  }

  function fileOf(draft: FileDraft, place: FilePlace): CatalogueFile {
    const id = nextFile;
    nextFile += 1;
    const type = draft.type ?? 'Model';
    const pending = draft.scan === 'Pending';
    const file: CatalogueFile = {
      id,
      modelId: place.modelId,
      versionId: place.versionId,
      name: computedFileName({
        upload: draft.upload,
        override: draft.override,
        fileType: type,
        modelName: place.draft.name,
        modelType: place.draft.type,
        versionName: place.name,
        trainedWords: place.version.words ?? [],
        inpainting: place.version.baseType === 'Inpainting',
      }),
      uploadName: draft.upload,
      overrideName: draft.override ?? null,
      type,
      metadata: { ...draft.metadata, isRequired: false },
      pickleScan: draft.scan ?? 'Success',
      pickleMessage: pending ? null : (draft.scanMessage ?? 'No Pickle imports'),
      virusScan: pending ? 'Pending' : 'Success',
      scannedAt: pending ? null : new Date(Date.parse(place.publishedAt) + 5 * MINUTE).toISOString(),
      primary: place.primary,
      hashPolicy: draft.hashes ?? 'full',
      content: once(() => draft.make(contentKey(options.seed, draft, id))),
    };
    if (draft.role !== undefined) roles.set(draft.role, file);
    return file;
  }

  return { model, roles };
}

interface VersionPlace {
  readonly draft: ModelDraft;
  readonly dice: Dice;
  readonly modelId: number;
  readonly position: number;
  /** Days since it was published. */
  readonly age: number;
}

interface FilePlace extends VersionPlace {
  readonly version: VersionDraft;
  readonly versionId: number;
  readonly name: string;
  readonly publishedAt: string;
  readonly primary: boolean;
}

/** Files of gigabytes keep their weights whatever the seed, so that their recorded hashes hold. */
function contentKey(seed: string, draft: FileDraft, id: number): string {
  const fixed: readonly (KnownRole | undefined)[] = ['huge', 'large', 'medium', 'twoFormats'];
  return fixed.includes(draft.role) ? `fixed/${draft.upload}` : `${seed}/${id}/${draft.upload}`;
}

/** The site marks the main weights; training data and configurations listed first are not primary. */
function primaryIndex(draft: VersionDraft): number {
  const marked = draft.files.findIndex((file) => file.primary === true);
  if (marked >= 0) return marked;
  return Math.max(
    0,
    draft.files.findIndex((file) => !['Training Data', 'Config'].includes(file.type ?? 'Model')),
  );
}

function accessOf(access: VersionDraft['access']) {
  return {
    availability: access === 'early' || access === 'paid' ? 'EarlyAccess' : 'Public',
    paidAccess: paidAccessOf(access),
    usageControl: access === 'generation-only' ? 'Generation' : 'Download',
    requiresLogin: access === 'login' || access === 'grant',
    requiresGrant: access === 'grant',
  };
}

function paidAccessOf(access: VersionDraft['access']): CatalogueVersion['paidAccess'] {
  if (access === 'early') return { permanent: false, endsAt: '2099-12-31T00:00:00.000Z' };
  return access === 'paid' ? { permanent: true, endsAt: null } : null;
}

function counters(dice: Dice) {
  const downloads = dice.int(10, 60_000);
  const thumbsUp = Math.floor(downloads * (dice.int(2, 20) / 100));
  const comments = dice.int(0, 400);
  const collected = dice.int(0, 3000);
  return { downloads, thumbsUp, thumbsDown: Math.floor(thumbsUp / 90), comments, collected, tips: collected % 500 };
}

interface PictureFormat {
  readonly width: number;
  readonly height: number;
}

const formats: readonly [PictureFormat, ...PictureFormat[]] = [
  { width: 832, height: 1216 },
  { width: 1024, height: 1024 },
  { width: 1216, height: 832 },
  { width: 512, height: 768 },
];

export function picturesOf(
  count: number,
  of: { readonly dice: Dice; readonly versionId: number; readonly publishedAt: string; readonly nsfwLevel: number },
): CatalogueImage[] {
  const levels = [1, 2, 4, 8, 16].filter((bit) => (of.nsfwLevel & bit) !== 0);
  return Array.from({ length: count }, (_, index): CatalogueImage => {
    const { width, height } = of.dice.pick(formats);
    const extension = of.dice.chance(0.2) ? 'png' : 'jpeg';
    return {
      id: of.versionId * 100 + index,
      uuid: pictureUuid({ seed: of.dice.int(0, 0xffff_ffff), width, height }),
      extension,
      nsfwLevel: levels[index % Math.max(1, levels.length)] ?? 0,
      width,
      height,
      blurHash: 'U7PjGcIU-;~qM{WBt7M{D%t7xut7t7Myxuxu',
      createdAt: of.publishedAt,
      postId: of.versionId * 3,
      versionId: of.versionId,
      prompt: index === 0 ? 'a wooden chair beside a window, morning light' : null,
      likes: of.dice.int(0, 5000),
    };
  });
}

/** The picture's seed and size live in its uuid, so that the image host needs no table. */
function pictureUuid(picture: { readonly seed: number; readonly width: number; readonly height: number }): string {
  const seed = picture.seed.toString(16).padStart(8, '0');
  const size = picture.width.toString(16).padStart(4, '0') + picture.height.toString(16).padStart(4, '0');
  return `${seed}-0000-4000-8000-0000${size}`;
}

export function userIdOf(creator: string): number {
  return creator === '' ? -1 : createDice(`user/${creator}`).int(1000, 9_000_000);
}

function once(make: () => Content): () => Content {
  let content: Content | undefined;
  return () => {
    content ??= make();
    return content;
  };
}
