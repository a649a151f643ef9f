/** How a picture was made, out of what its generator wrote: names differ by program, values come as texts or numbers. */
import type { Image } from '#engines/civitai';

import type { GalleryImage } from '../../contract/index.ts';
import { hasAdultWord } from '../search/content-rating.ts';

export type Generation = NonNullable<GalleryImage['generation']>;

/** @param allRatings false: a negative prompt that names adult content is withheld */
export function readGeneration({ meta }: Pick<Image, 'meta'>, allRatings: boolean): Generation | null {
  if (meta === null) return null;
  const negative = textOf(meta['negativePrompt']);
  const withheld = !allRatings && negative !== null && hasAdultWord([negative]);
  const generation = {
    prompt: promptOf({ meta }),
    negativePrompt: withheld ? null : negative,
    withheld,
    seed: textOf(meta['seed']),
    sampler: textOf(meta['sampler']),
    steps: numberOf(meta['steps']),
    cfgScale: numberOf(meta['cfgScale']),
    model: textOf(meta['Model']) ?? textOf(meta['model']),
    size: textOf(meta['Size']) ?? sideBySide(meta['width'], meta['height']),
  };
  const isEmpty = Object.values(generation).every((value) => value === null || value === false);
  return isEmpty ? null : generation;
}

export function promptOf({ meta }: Pick<Image, 'meta'>): string | null {
  return textOf(meta?.['prompt']);
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function numberOf(value: unknown): number | null {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : null;
}

function sideBySide(width: unknown, height: unknown): string | null {
  const [across, down] = [numberOf(width), numberOf(height)];
  return across === null || down === null ? null : `${across}x${down}`;
}
