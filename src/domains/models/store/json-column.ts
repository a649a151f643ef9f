/** JSON columns: whatever stands there is checked by a schema before anybody believes it. */
import type { z } from 'zod';

export function readJson<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  return schema.parse(JSON.parse(text));
}
