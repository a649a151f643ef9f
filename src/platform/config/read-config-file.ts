/** `kura.yaml` as a flat map of dotted keys; what is wrong with it becomes faults, never a crash. */
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';

import { type FieldFault, systemCode } from '#kernel/errors';

import { options } from './options.ts';
import { unknownKey } from './unknown-keys.ts';

export function readConfigFile(path: string, faults: FieldFault[]): ReadonlyMap<string, unknown> {
  const text = readText(path, faults);
  if (text === undefined) return new Map();
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    const reason = document.errors.map((error) => error.message.split('\n')[0]).join('; ');
    faults.push({ path, code: 'config.value-invalid', params: { reason: `not valid YAML: ${reason}` } });
    return new Map();
  }
  const flat = new Map<string, unknown>();
  const root: unknown = document.toJS();
  if (root !== null && root !== undefined) flatten(root, '', flat);
  const known = options.map((entry) => entry.key);
  for (const key of flat.keys()) if (!known.includes(key)) faults.push(unknownKey(key, known));
  return flat;
}

function readText(path: string, faults: FieldFault[]): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') {
      faults.push({ path, code: 'config.value-invalid', params: { reason: `cannot be read (${systemCode(error)})` } });
    }
    return undefined;
  }
}

function flatten(value: unknown, prefix: string, into: Map<string, unknown>): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    into.set(prefix === '' ? '(top level)' : prefix, value);
    return;
  }
  for (const [name, child] of Object.entries(value)) flatten(child, prefix === '' ? name : `${prefix}.${name}`, into);
}
