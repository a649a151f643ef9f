import type { Scope } from '../scope.ts';
import { judgeTemplate } from './chat-template.ts';
import { JsonObject, type JsonValue } from './strict-json.ts';

/** Templates of tokenizer configurations: one, a list of named ones, or an object by name. */
export function judgeTemplates(scope: Scope, value: JsonValue, place: string): void {
  if (typeof value === 'string') judgeTemplate(scope, value, place);
  else if (Array.isArray(value)) for (const item of value) judgeTemplates(scope, item, place);
  else if (value instanceof JsonObject) for (const [, item] of value.entries) judgeTemplates(scope, item, place);
}
