import { z } from 'zod';

/** `--license sell,rent --license image`: repeated options and commas mean the same. */
export const commaList = z
  .array(z.string())
  .transform((entries) => entries.flatMap((entry) => entry.split(',').map((part) => part.trim())))
  .transform((entries) => entries.filter((entry) => entry !== ''))
  .optional();
