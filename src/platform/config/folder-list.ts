/** A setting that names folders. */
import { isAbsolute } from 'node:path';
import { z } from 'zod';

export const folderList = z
  .string()
  .refine((text) => foldersOf(text).every((one) => isAbsolute(one)), 'must be whole paths, joined by commas')
  .default('');

export function foldersOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
