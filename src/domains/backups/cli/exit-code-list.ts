import { z } from 'zod';

/** `1` or `1,3`. */
export const exitCodeList = z
  .string()
  .regex(/^[1-9]\d{0,2}(?:,[1-9]\d{0,2})*$/)
  .transform((text) => text.split(',').map(Number));
