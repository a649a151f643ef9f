/** Which folder a published file belongs into, for the program that will load it (civitai-api.md §8.1). */
import { type LayoutName, plainWord } from '../../contract/index.ts';
import { kindNamed, kindOfType } from '../vocabulary/model-kinds.ts';
import { type PlaceName, places } from '../vocabulary/places.ts';

/** Kinds of file that go their own way whatever the model is. */
const byFileType: Readonly<Record<string, PlaceName>> = {
  vae: 'vae',
  textencoder: 'text-encoder',
  visionencoder: 'clip-vision',
  clipvision: 'clip-vision',
  unet: 'diffusion-model',
  diffusionmodel: 'diffusion-model',
  controlnet: 'controlnet',
  upscaler: 'upscaler',
  enhancementlora: 'lora',
  workflow: 'workflows',
  trainingdata: 'training-data',
};

export interface Placeable {
  readonly modelType: string;
  readonly fileType: string;
  /** As published: SafeTensor, GGUF, …. */
  readonly format: string | null;
  /** Of the vocabulary of kinds, proven by the content; counts where the site does not say what a file is. */
  readonly kind?: string;
}

/**
 * The folder for a file, relative to the library. Types that are not in the tables get a folder of their own under
 * `other`, never a loader's folder by guess.
 */
export function folderFor(layout: LayoutName, file: Placeable): string {
  const place = placeOf(file);
  if (place === undefined) return `${folderOf(layout, 'other')}/${plainName(file.modelType)}`;
  return folderOf(layout, place);
}

/** The site's words name no kind: a type nobody here knows, or "Other". */
export function isUntold({ modelType, fileType }: Placeable): boolean {
  return byFileType[plainWord(fileType)] === undefined && (kindOfType(modelType)?.place ?? 'other') === 'other';
}

function placeOf(file: Placeable): PlaceName | undefined {
  const { modelType, fileType, format, kind } = file;
  const proven = kind !== undefined && isUntold(file) ? kindNamed(kind)?.place : undefined;
  const place = proven ?? byFileType[plainWord(fileType)] ?? kindOfType(modelType)?.place;
  // Weights without encoder and VAE are loaded by another node, even when the model is called a checkpoint.
  return place === 'checkpoint' && format?.toLowerCase() === 'gguf' ? 'diffusion-model' : place;
}

/** Forge looks where A1111 looks. */
function folderOf(layout: LayoutName, place: PlaceName): string {
  return places[place][layout === 'forge' ? 'a1111' : layout];
}

function plainName(type: string): string {
  const name = type.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return name.replaceAll(/^-|-$/g, '') || 'unknown';
}
