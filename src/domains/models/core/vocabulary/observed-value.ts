/** What is known of a word that the site uses and Kura did not come with, and how far it is trusted (M-282). */
import { DAY } from '#kernel/units';

import { plainWord } from '../../contract/index.ts';
import { baseWords } from './base-models.ts';
import { formatWords } from './file-formats.ts';
import { typeWords } from './model-kinds.ts';
import { permissionFacts, sortFacts } from './search-orders.ts';

export type ObservedKind = 'type' | 'base' | 'format' | 'file-type' | 'right' | 'sort' | 'period';

/** `list`: the site named it among the values it takes. `model`: it stood in a model. */
export type ObservedSource = 'list' | 'model';

export interface ObservedValue {
  readonly kind: ObservedKind;
  readonly value: string;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Different models it was seen in. */
  readonly sightings: number;
  readonly source: ObservedSource;
}

/** A word of the site in a model. */
export interface Sighting {
  readonly kind: ObservedKind;
  readonly value: string;
  readonly modelId: number;
}

/** From here on a word is taken for granted. */
export const TRUSTED = 0.8;
/** Below this a word is forgotten when nobody has seen it for a while. */
const WEAK = 0.5;
const REMEMBERED_MS = 30 * DAY;
/** Strangers' servers can send anything; no name of the site comes near. */
const LONGEST = 100;

const fileTypes = [
  'Model',
  'Text Encoder',
  'Vision Encoder',
  'Pruned Model',
  'Negative',
  'Training Data',
  'VAE',
  'Config',
  'Archive',
  'UNet',
  'Diffusion Model',
  'CLIPVision',
  'ControlNet',
  'Workflow',
  'Upscaler',
  'Enhancement LoRA',
  'Other',
];

const own: Readonly<Record<ObservedKind, ReadonlySet<string>>> = {
  type: plainSet(typeWords.map(({ word }) => word)),
  base: plainSet(baseWords.map(({ word }) => word)),
  format: plainSet(formatWords.map(({ word }) => word)),
  'file-type': plainSet(fileTypes),
  right: plainSet(['None', ...Object.values(permissionFacts).map(({ parameter }) => parameter ?? '')]),
  sort: plainSet(Object.values(sortFacts).map(({ parameter }) => parameter ?? '')),
  period: plainSet(['Day', 'Week', 'Month', 'Year', 'AllTime']),
};

/** 0–1: half when the site lists it, 0.3 for the first model, a tenth more for each further one. */
export function confidenceOf({ source, sightings }: Pick<ObservedValue, 'source' | 'sightings'>): number {
  const tenths = source === 'list' ? 5 + sightings : 3 + Math.max(0, sightings - 1);
  return Math.min(10, tenths) / 10;
}

export function isForgotten(observed: ObservedValue, now: number): boolean {
  return confidenceOf(observed) < WEAK && now - Date.parse(observed.lastSeenAt) > REMEMBERED_MS;
}

/** Whether a value of the site is worth learning: a usable name that Kura did not come with. */
export function isNews(kind: ObservedKind, value: string): boolean {
  const plain = plainWord(value);
  return plain !== '' && value.length <= LONGEST && !own[kind].has(plain);
}

function plainSet(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.map(plainWord));
}
