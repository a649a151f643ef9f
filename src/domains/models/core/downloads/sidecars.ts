/**
 * The files beside a model that other programs read (civitai-api.md §8.2): what people wrote into them is kept, what is
 * not ours to understand is left alone.
 */
import { readFile } from 'node:fs/promises';

import type { Image } from '#engines/civitai';
import type { Clock } from '#kernel/clock';
import { systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import { clearAbandonedDrafts, writeFileAtomic } from '#platform/files';

import { isSafeImage } from '../search/content-rating.ts';
import { sidecarBase } from './target-path.ts';
import { modelNameOf, modelTypeOf, type WantedFile } from './wanted-file.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Files that programs load; only these have side-cars, a workflow or a wildcard list has none. */
const loadable = /\.(?:safetensors|sft|ckpt|pt|pth|bin|gguf|onnx)$/i;

/** Whether programs look for files beside this one. */
export function hasSidecars(path: string): boolean {
  return loadable.test(path);
}

/** Writes them and returns their paths; none for files that no program loads. */
export async function writeSidecars(path: string, wanted: WantedFile, clock: Clock): Promise<readonly string[]> {
  if (!hasSidecars(path)) return [];
  const { info, settings } = sidecarPaths(path);
  const written = [
    await mergeJson(info, (there) => withInfo(there, wanted, clock)),
    // Here people write their own notes and weights: theirs win.
    await mergeJson(settings, (there) => ({ ...networkSettings(wanted), ...there })),
  ];
  return written.filter((one) => one !== undefined);
}

/** Removes what killed processes have left of writing them, for runs that write none. */
export async function clearSidecarDrafts(path: string): Promise<void> {
  if (!hasSidecars(path)) return;
  for (const sidecar of Object.values(sidecarPaths(path))) await clearAbandonedDrafts(sidecar);
}

function sidecarPaths(path: string): { readonly info: string; readonly settings: string } {
  const base = sidecarBase(path);
  return { info: `${base}.civitai.info`, settings: `${base}.json` };
}

/** What is only remembered does not overwrite what the site said when it could be asked. */
function withInfo(there: JsonObject, wanted: WantedFile, clock: Clock): JsonObject {
  const info = civitaiInfo(wanted, clock);
  return wanted.siteFault === undefined ? { ...there, ...info } : { ...info, ...there };
}

async function mergeJson(path: string, merge: (there: JsonObject) => JsonObject): Promise<string | undefined> {
  const there = await readObject(path);
  if (there === undefined) return undefined;
  await clearAbandonedDrafts(path);
  await writeFileAtomic(path, `${JSON.stringify(merge(there), undefined, 2)}\n`);
  return path;
}

/** Empty when there is no file; undefined when there is one that is no JSON object, which is somebody else's. */
async function readObject(path: string): Promise<JsonObject | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isObject(value) ? value : undefined;
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? {} : undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The version as the by-hash endpoint answers it, with what Civitai Helper adds of the model. */
function civitaiInfo(wanted: WantedFile, clock: Clock): JsonObject {
  const { version, model } = wanted;
  const safe = new Set(version.images.filter((image: Image) => isSafeImage(image)).map(({ url }) => url));
  const images = Array.isArray(version.raw['images']) ? version.raw['images'] : [];
  return {
    ...version.raw,
    images: images.filter((image: unknown) => isObject(image) && safe.has(String(image['url']))),
    modelId: version.modelId,
    model: {
      name: modelNameOf(wanted),
      type: modelTypeOf(wanted),
      nsfw: model?.nsfw ?? version.model?.nsfw ?? null,
      poi: model?.poi ?? version.model?.poi ?? null,
      description: model?.descriptionHtml ?? null,
      tags: model?.tags ?? [],
      ...model?.licence,
    },
    creator: model?.creator ?? null,
    extensions: {
      sd_civitai_helper: {
        version: '1.8.0',
        last_update: Math.floor(clock.now() / SECOND),
        skeleton_file: false,
      },
    },
  };
}

/** What the extra-networks page of A1111 and Forge shows and inserts. */
function networkSettings({ version, model }: WantedFile): JsonObject {
  return {
    description: plainText(version.descriptionHtml ?? model?.descriptionHtml ?? ''),
    'sd version': sdVersionOf(version.baseModel ?? ''),
    'activation text': version.trainedWords.join(', '),
    'preferred weight': 0,
    'negative text': '',
    notes: '',
  };
}

function sdVersionOf(baseModel: string): string {
  if (/^SD 1/i.test(baseModel)) return 'SD1';
  if (/^SD 2/i.test(baseModel)) return 'SD2';
  if (/^(?:SDXL|Pony$|Illustrious|NoobAI)/i.test(baseModel)) return 'SDXL';
  if (/^SD 3/i.test(baseModel)) return 'SD3';
  return /^Flux\.1/i.test(baseModel) ? 'Flux' : 'Unknown';
}

/** HTML of strangers as text: tags dropped, the few entities that matter decoded. */
export function plainText(html: string): string {
  return withoutTags(html.replaceAll(/<(?:br|\/p|\/li|\/h\d)\s*\/?>/gi, '\n'))
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** From each `<` to the next `>`; the text after the last one has no tag that ends. */
function withoutTags(html: string): string {
  const pieces = html.split('>');
  const last = pieces.pop() ?? '';
  return (
    pieces.map((piece) => (piece.includes('<') ? piece.slice(0, piece.indexOf('<')) : `${piece}>`)).join('') + last
  );
}
