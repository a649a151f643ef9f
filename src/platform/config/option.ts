/** One setting: its schema, and beside it what the documentation and the settings page say of it. */
import { z } from 'zod';

export interface OptionMeta {
  readonly en: string;
  readonly ja: string;
  /** Printed as `***`; also accepted as `<VARIABLE>_FILE`. */
  readonly secret?: boolean;
  /** Changeable while running; takes effect at once and survives a restart. */
  readonly runtime?: boolean;
}

const registry = z.registry<OptionMeta>();

export function count(minimum: number, maximum: number) {
  return z.coerce.number().int().min(minimum).max(maximum);
}

export function option<Schema extends z.ZodType>(schema: Schema, meta: OptionMeta): Schema {
  registry.add(schema, meta);
  return schema;
}

/** Undefined for a schema that is no setting. */
export function optionMeta(schema: z.ZodType): OptionMeta | undefined {
  return registry.get(schema);
}
