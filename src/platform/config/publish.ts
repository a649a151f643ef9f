/** The configuration as people and tools see it: redacted print and JSON Schema. */
import { z } from 'zod';

import type { Explained } from './load-config.ts';
import { configSchema } from './options.ts';

/** Values by dotted key; secrets are `***` when set. */
export function redactedValues(values: readonly Explained[]): Record<string, unknown> {
  return Object.fromEntries(
    values.map(({ key, value, option }) => [
      key,
      option.meta.secret === true && value !== undefined ? '***' : (value ?? null),
    ]),
  );
}

/** JSON Schema (2020-12) of kura.yaml, for editors. */
export function configJsonSchema(): unknown {
  return z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
}
