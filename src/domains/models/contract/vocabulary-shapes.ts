/** The words a search understands, as lists for people and filter boxes. Safe for browsers. */
import { z } from 'zod';

import { spelledFreely } from './word-spelling.ts';

/** `kinds` are finer than the site's types: what a file is by its content, size and name. */
export const vocabularyLists = [
  'types',
  'kinds',
  'bases',
  'families',
  'categories',
  'sorts',
  'periods',
  'licences',
  'formats',
] as const;
export type VocabularyList = (typeof vocabularyLists)[number];
export const vocabularyListSchema = spelledFreely(
  vocabularyLists.map((word) => ({ word, aliases: word === 'licences' ? ['licenses', 'permissions', 'rights'] : [] })),
);

export const vocabularyTermSchema = z.object({
  list: z.enum(vocabularyLists),
  /** As the site spells it where the site knows it. */
  value: z.string(),
  /** Other ways to say it, Japanese ones included. */
  aliases: z.array(z.string()).readonly(),
  /** Bases: their family. Kinds: the site's type. */
  group: z.string().nullable(),
  /** Bases: image, video, audio or 3d. Licences, sorts, periods and formats: how the site is asked. */
  detail: z.string().nullable(),
  /** `hidden` and `disabled`: the site offers it no longer. `unofficial`: only Kura knows it. `pickle`: can run code. */
  marks: z.array(z.enum(['hidden', 'disabled', 'unofficial', 'pickle'])).readonly(),
  /** Kinds and formats. */
  extensions: z.array(z.string()).readonly(),
  /** Not in the list Kura came with: seen at the site. */
  learned: z.boolean(),
  /** 0–1; below 0.8 a search warns and asks anyway (M-282). Words Kura came with have 1. */
  confidence: z.number(),
  /** Different models of the catalogue in which it was seen. */
  sightings: z.number().int(),
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
});
export type VocabularyTerm = z.output<typeof vocabularyTermSchema>;

export const vocabularyAnswerSchema = z.object({
  terms: z.array(vocabularyTermSchema).readonly(),
  /** When the site last told its own lists; null = never. */
  listedAt: z.string().nullable(),
  /** The site was due to be asked again and did not answer; what was known is shown. */
  refreshFailed: z.boolean(),
});
export type VocabularyAnswer = z.output<typeof vocabularyAnswerSchema>;
