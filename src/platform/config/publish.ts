/** The configuration as tools see it. */
import { z } from 'zod';

import { configSchema } from './options.ts';

/** JSON Schema (2020-12) of kura.yaml, for editors. */
export function configJsonSchema(): unknown {
  return z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
}
