/** A setting that names folders. */
import { isAbsolute } from 'node:path';
import { z } from 'zod';

import { namesOf } from './comma-list.ts';

export const folderList = z
  .string()
  .refine((text) => namesOf(text).every((one) => isAbsolute(one)), 'must be whole paths, joined by commas')
  .default('');
