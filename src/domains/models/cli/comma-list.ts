import { z } from 'zod';

/**
 * `--license sell,rent --license image`: repeated options and commas mean the same. What is nothing but blanks and commas
 * stays a blank word, which whoever reads the list refuses: a condition must not vanish.
 */
export const commaList = z
  .array(z.string())
  .transform((entries) => entries.flatMap((entry) => entry.split(',').map((part) => part.trim())))
  .transform((entries) => (entries.every((entry) => entry === '') ? entries : entries.filter((entry) => entry !== '')))
  .optional();
