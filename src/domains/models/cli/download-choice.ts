/** What of the files is wanted and how fast: options of `models get` and of whatever else starts downloads. */
import { z } from 'zod';

import { parseRate } from '#engines/transfer';
import { isKuraError } from '#kernel/errors';

import { type DownloadPart, partChoiceShape } from '../contract/index.ts';
import { commaList } from './comma-list.ts';

export const choiceOptions = [
  { flags: '--all-files' },
  { flags: '--only <part...>' },
  { flags: '--no-model' },
  { flags: '--no-sidecars' },
  { flags: '--no-images' },
  { flags: '--force' },
  { flags: '--limit-rate <rate>' },
] as const;

/** `500K`, `2M`; `unlimited` is undefined. */
export const rateSchema = z.string().transform((text, context) => {
  try {
    const rate = parseRate(text);
    return Number.isFinite(rate) ? rate : undefined;
  } catch (error) {
    if (!isKuraError(error)) throw error;
    context.addIssue({ code: 'custom', message: 'must be bytes per second such as 500K, 2M or unlimited' });
    return z.NEVER;
  }
});

export const choiceInputShape = {
  file: z.string().optional(),
  allFiles: z.boolean().default(false),
  only: commaList.pipe(partChoiceShape.only),
  model: z.boolean().default(true),
  sidecars: z.boolean().default(true),
  images: z.boolean().default(true),
  force: z.boolean().default(false),
  limitRate: rateSchema.optional(),
};

/** The same in the words of a request. */
export function requestedChoice(input: z.output<z.ZodObject<typeof choiceInputShape>>) {
  const { allFiles, file, only, force, limitRate } = input;
  const without = (['model', 'sidecars', 'images'] as const).filter((part: DownloadPart) => !input[part]);
  return { file: allFiles ? 'all' : file, only, without, force, bytesPerSecond: limitRate };
}
