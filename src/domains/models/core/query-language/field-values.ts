/** What each field of a query is for a model and one of its versions; an empty answer means "not known". */
import { isGated, type Model, type ModelFile, type ModelVersion } from '#engines/civitai';

import { plainText } from '../downloads/sidecars.ts';
import { rateVersion } from '../search/content-rating.ts';
import type { QueryField } from './query-node.ts';

/** A model and the one of its versions in question. */
export interface Examined {
  readonly model: Model;
  readonly version: ModelVersion;
}

const textFields = ['text', 'name', 'creator', 'tag', 'words'] as const satisfies readonly QueryField[];
export type TextField = (typeof textFields)[number];

/** Fields that have a size or a date; the rest are words. Ids count as numbers, so that "newer than" can be asked. */
const numberFields = [
  'model',
  'version',
  'downloads',
  'likes',
  'comments',
  'buzz',
  'likeRatio',
  'interactions',
  'size',
  'published',
  'updated',
  'seen',
] as const satisfies readonly QueryField[];
export type NumberField = (typeof numberFields)[number];

export function isDateField(field: QueryField): boolean {
  return field === 'published' || field === 'updated' || field === 'seen';
}

export type WordField = Exclude<QueryField, NumberField>;

export function isNumberField(field: QueryField): field is NumberField {
  return numberFields.some((one) => one === field);
}

type Read<Value> = (examined: Examined, now: number) => readonly (Value | null)[];

const numbers: Readonly<Record<NumberField, Read<number>>> = {
  model: ({ model }) => [model.modelId],
  version: ({ version }) => [version.versionId],
  downloads: ({ model }) => [model.stats?.downloads ?? null],
  likes: ({ model }) => [model.stats?.thumbsUp ?? null],
  comments: ({ model }) => [model.stats?.comments ?? null],
  buzz: ({ model }) => [model.stats?.tips ?? null],
  likeRatio: ({ model }) => [likeRatioOf(model)],
  interactions: ({ model }) => [interactionsOf(model)],
  size: ({ version }) => version.files.map(({ sizeBytes }) => sizeBytes),
  published: ({ version }) => [publishedAt(version)],
  updated: ({ model }) => [updatedAt(model)],
  // What the site just sent was seen now; the catalogue knows an earlier moment.
  seen: (_examined, now) => [now],
};

const words: Readonly<Record<WordField, Read<string>>> = {
  text: ({ model, version }) => [
    ...namesOf({ model, version }),
    model.creator?.username ?? null,
    ...model.tags,
    ...version.trainedWords,
    ...[model.descriptionHtml, version.descriptionHtml].map((html) => (html === null ? null : plainText(html))),
  ],
  name: namesOf,
  creator: ({ model }) => [model.creator?.username ?? null],
  tag: ({ model }) => model.tags,
  words: ({ version }) => version.trainedWords,
  type: ({ model }) => [model.type],
  base: ({ version }) => [version.baseModel],
  family: ({ version }) => [version.baseModel],
  category: ({ model }) => model.tags,
  license: ({ model }) => permissionsOf(model),
  format: ({ version }) => version.files.map(({ format }) => format),
  hash: ({ version }) => version.files.flatMap(hashesOf),
  // `removed` only the catalogue can tell: the site does not send what it removed.
  state: ({ model }) => [model.mode ?? 'available'],
  access: ({ version }, now) => [accessOf(version, now)],
  nsfw: ({ model, version }) => [rateVersion(model, version)],
};

export function readNumbers(field: NumberField, examined: Examined, now: number): readonly number[] {
  return numbers[field](examined, now).filter((value) => value !== null);
}

export function readWords(field: WordField, examined: Examined, now: number): readonly string[] {
  return words[field](examined, now).flatMap((value) => (value === null || value === '' ? [] : [value]));
}

function namesOf({ model, version }: Examined): readonly string[] {
  return [model.name, version.name];
}

/** Likes among likes and dislikes; nobody judged = not known. */
function likeRatioOf({ stats }: Model): number | null {
  const { thumbsUp, thumbsDown } = stats ?? { thumbsUp: null, thumbsDown: null };
  if (thumbsUp === null || thumbsDown === null || thumbsUp + thumbsDown === 0) return null;
  return thumbsUp / (thumbsUp + thumbsDown);
}

function interactionsOf({ stats }: Model): number | null {
  const counts = [stats?.thumbsUp ?? null, stats?.thumbsDown ?? null, stats?.comments ?? null];
  const known = counts.filter((count) => count !== null);
  return known.length < counts.length ? null : known.reduce((sum, count) => sum + count, 0);
}

function publishedAt({ publishedAt, createdAt }: ModelVersion): number | null {
  const instant = publishedAt ?? createdAt;
  return instant === null ? null : Date.parse(instant);
}

/** When anything of the model last came out or changed, over all versions that are known. */
function updatedAt({ versions }: Model): number | null {
  const moments = versions.flatMap((version) => [
    ...(version.updatedAt === null ? [] : [Date.parse(version.updatedAt)]),
    ...[publishedAt(version)].filter((moment) => moment !== null),
  ]);
  return moments.length === 0 ? null : Math.max(...moments);
}

/** Only what is granted: not said is not granted (M-172). */
function permissionsOf({ licence }: Model): readonly string[] {
  return [
    ...(licence.allowCommercialUse ?? []),
    ...(licence.allowNoCredit === true ? ['no-credit'] : []),
    ...(licence.allowDerivatives === true ? ['derivatives'] : []),
    ...(licence.allowDifferentLicense === true ? ['different-license'] : []),
  ];
}

/** The site writes CRC32 byte-reversed (civitai-api.md §4.5); both orders name the file. */
function hashesOf({ hashes }: ModelFile): readonly (string | null)[] {
  const reversed = hashes.crc32?.match(/../g)?.reverse().join('') ?? null;
  return [...Object.values(hashes), reversed];
}

/** `closed`: not even a grant opens the download. */
function accessOf(version: ModelVersion, now: number): 'open' | 'early' | 'closed' {
  if (version.usageControl !== null && version.usageControl !== 'Download') return 'closed';
  return isGated(version, now) ? 'early' : 'open';
}
