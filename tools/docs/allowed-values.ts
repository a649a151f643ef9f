import { z } from 'zod';

import type { Language } from '#kernel/messages';

/** The part of JSON Schema that our schemas use. */
const shapeSchema = z.object({
  /** Several where a text is understood as a value of another kind: the last is what is meant. */
  type: z.union([z.string(), z.array(z.string()).transform((types) => types.at(-1))]).optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  /** Names of properties that must be given. */
  required: z.array(z.string()).default([]),
  default: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});
export type Shape = z.output<typeof shapeSchema>;

const kinds: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: 'true or false',
    object: 'list of entries',
  },
  ja: { string: '文字列', integer: '整数', number: '数値', boolean: 'true または false', object: '項目の一覧' },
};

/** What goes into a schema, as far as a reader needs it: its kind, limits, choices, default. */
export function shapeOf(schema: z.ZodType): Shape {
  return shapeSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
}

/** The value of one property of an object's shape, or undefined when it has none of that name. */
export function propertyOf(shape: Shape, name: string): Shape | undefined {
  const property = shape.properties?.[name];
  return property === undefined ? undefined : shapeSchema.parse(property);
}

/** In words: `whole number 1–16`, or the choices in code style. */
export function allowedValues(shape: Shape, language: Language): string {
  const one = shape.items === undefined ? shape : shapeSchema.parse(shape.items);
  const choices = one.anyOf?.flatMap((part) => shapeSchema.parse(part).enum ?? []) ?? one.enum ?? [];
  if (choices.length > 0) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  const kind = kinds[language][one.type ?? 'string'] ?? one.type ?? '';
  return `${kind} ${limits(one)}`.trim();
}

/** As it would be typed; empty when there is none, or none worth telling. */
export function defaultValue(shape: Shape): string {
  const value = shape.default;
  if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return '';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function limits({ minimum, maximum }: Shape): string {
  if (maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER) {
    return minimum === undefined ? '' : `≥ ${minimum}`;
  }
  return `${minimum ?? ''}–${maximum}`;
}
