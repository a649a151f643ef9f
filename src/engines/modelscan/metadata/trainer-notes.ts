/** What trainers write about their work: kohya sd-scripts (`ss_…`), modelspec 1.0, merging tools. */
import { JsonNumber, JsonObject, parseStrictJson } from '../text/strict-json.ts';
import { plainText } from './plain-text.ts';

type Notes = ReadonlyMap<string, string>;

const MOST = 50;
const VALUE_KEPT = 2000;
const WORD_KEPT = 200;
const SHOWN_KEYS =
  /^(?:modelspec\.|general\.|ss_(?:base_model_version|sd_model_name|output_name|network_module|network_dim|network_alpha|learning_rate|num_epochs|num_train_images|training_comment|resolution)$|sd_merge_|onnx\.)/;

/** Trigger phrase, and the tags the training set used, most frequent first. */
export function trainedWords(notes: Notes): string[] {
  const counts = new Map<string, number>();
  for (const folder of objectsIn(notes.get('ss_tag_frequency'))) {
    for (const [tag, count] of folder.entries) {
      if (count instanceof JsonNumber) counts.set(tag.trim(), (counts.get(tag.trim()) ?? 0) + (count.natural ?? 0));
    }
  }
  const tags = [...counts].toSorted((left, right) => right[1] - left[1]).map(([tag]) => tag);
  return distinct([notes.get('modelspec.trigger_phrase'), ...tags.slice(0, MOST)], WORD_KEPT).slice(0, MOST);
}

/** Width × height of the training buckets, most pictures first, then what the file says of itself. */
export function resolutions(notes: Notes): string[] {
  const found: { readonly size: string; readonly images: number }[] = [];
  for (const buckets of objectsIn(notes.get('ss_bucket_info'))) {
    for (const [, bucket] of buckets.entries) {
      if (!(bucket instanceof JsonObject)) continue;
      const size = bucket.get('resolution');
      const count = bucket.get('count');
      if (!Array.isArray(size)) continue;
      const sides = size.filter((side) => side instanceof JsonNumber).map((side) => side.text);
      if (sides.length !== 2) continue;
      found.push({ size: sides.join('×'), images: count instanceof JsonNumber ? (count.natural ?? 0) : 0 });
    }
  }
  const sorted = found.toSorted((left, right) => right.images - left.images).map(({ size }) => size);
  const stated = notes.get('modelspec.resolution')?.replace('x', '×');
  return distinct([...sorted, stated], WORD_KEPT).slice(0, MOST);
}

/** Base models as the file itself names them, in its own words. */
export function statedArchitectures(notes: Notes): string[] {
  const keys = ['modelspec.architecture', 'ss_base_model_version', 'general.architecture'];
  return distinct(keys.map((key) => notes.get(key)));
}

/** The very model it was trained on. */
export function trainedOn(notes: Notes): string | null {
  return distinct([notes.get('ss_sd_model_name'), notes.get('general.base_model.0.name')])[0] ?? null;
}

export function mergeRecipe(notes: Notes): string | null {
  const keys = ['sd_merge_recipe', 'sd_merge_models', 'modelspec.merged_from'];
  return distinct(keys.map((key) => notes.get(key)))[0] ?? null;
}

/** What is worth showing of the rest, long values shortened. */
export function shownNotes(notes: Notes): Record<string, string> {
  const shown = [...notes].filter(([key]) => SHOWN_KEYS.test(key)).slice(0, MOST);
  return Object.fromEntries(shown.map(([key, value]) => [key, plainText(value, VALUE_KEPT)]));
}

function distinct(values: readonly (string | undefined)[], longest = VALUE_KEPT): string[] {
  const words = values.map((value) => plainText(value ?? '', longest));
  return [...new Set(words)].filter((word) => word !== '' && word !== 'None');
}

/** The objects directly inside a JSON object in text; none when it is anything else. */
function objectsIn(text: string | undefined): JsonObject[] {
  if (text === undefined) return [];
  try {
    const value = parseStrictJson(text, 10);
    if (!(value instanceof JsonObject)) return [];
    return value.entries.map(([, inner]) => inner).filter((inner) => inner instanceof JsonObject);
  } catch {
    return [];
  }
}
