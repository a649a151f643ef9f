/** The closed word lists of the models domain. Safe for browsers. */
import { z } from 'zod';

/** The fifteen categories: ordinary tags with a role, in the order in which they name a model (models.md A3). */
export const categories = [
  'character',
  'style',
  'concept',
  'background',
  'poses',
  'vehicle',
  'clothing',
  'action',
  'animal',
  'assets',
  'base model',
  'buildings',
  'celebrity',
  'objects',
  'tool',
] as const;
export type Category = (typeof categories)[number];

/** `Base-Model` and `base_model` are the same category to a person. */
export const categorySchema = z
  .string()
  .transform((text) => text.trim().toLowerCase().replaceAll(/[-_]/g, ' '))
  .pipe(z.enum(categories));

export const searchSorts = [
  'Highest Rated',
  'Most Downloaded',
  'Most Liked',
  'Most Discussed',
  'Most Collected',
  'Most Images',
  'Newest',
  'Oldest',
  'Most Buzz',
  'Relevancy',
  'Quality',
] as const;

/** What a custom order can go by (M-011); `buzz` counts tips. */
export const sortFields = [
  'downloads',
  'likes',
  'comments',
  'buzz',
  'published',
  'updated',
  'name',
  'size',
  'quality',
] as const;
export type SortField = (typeof sortFields)[number];
export const sortFieldSchema = z.enum(sortFields);

export const searchPeriods = ['Day', 'Week', 'Month', 'Year', 'AllTime'] as const;

/** `most downloaded`, `MostDownloaded` and `most-downloaded` name the same sort. */
export const sortSchema = spelledFreely(searchSorts);
export const periodSchema = spelledFreely(searchPeriods);

/** What a creator can permit; all that are asked for must be granted, and "not said" is not granted (M-172). */
export const licencePermissions = [
  'no-credit',
  'derivatives',
  'different-license',
  'image',
  'rent-civit',
  'rent',
  'sell',
] as const;
export type LicencePermission = (typeof licencePermissions)[number];

/** Also accepts CivitAI's own spellings: `allowDerivatives`, `RentCivit`. */
export const licencePermissionSchema = z
  .string()
  .transform((text) => text.replace(/^allow(?=[A-Z])/, ''))
  .pipe(spelledFreely(licencePermissions));

/** Folder layouts of the programs that load the models (civitai-api.md §8.1). */
export const layoutNames = ['comfyui', 'a1111', 'forge', 'stability-matrix'] as const;
export type LayoutName = (typeof layoutNames)[number];
export const layoutSchema = z.enum(layoutNames);

/** `unscanned`: nothing of the file could be read. */
export const verdicts = ['clean', 'suspicious', 'dangerous', 'invalid', 'unscanned'] as const;
export const verdictSchema = z.enum(verdicts);
export type ScanVerdict = (typeof verdicts)[number];

/** Matches a listed word whatever its case, spaces and hyphens; anything else is an error that lists the words. */
function spelledFreely<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z
    .string()
    .transform((text) => words.find((word) => plain(word) === plain(text)) ?? text)
    .pipe(z.enum(words));
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
