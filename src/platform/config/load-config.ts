/** Layers command line > environment > runtime settings > kura.yaml > defaults into one validated value (P-002). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { type FieldFault, KuraError, systemCode } from '#kernel/errors';
import { type AeadKey, parseMasterKey } from '#platform/secrets';

import type { Environment } from './environment.ts';
import { type Config, configSchema, findOption, type OptionEntry, options } from './options.ts';
import { readConfigFile } from './read-config-file.ts';
import {
  doesNotOpen,
  openStoredText,
  readStoredSecret,
  type StoredSecrets,
  storedSecretPath,
} from './stored-secret.ts';
import { unknownVariables } from './unknown-keys.ts';

export type Origin = 'command line' | 'environment' | 'settings' | 'file' | 'default';

export interface Explained {
  readonly key: string;
  readonly value: unknown;
  readonly origin: Origin;
  /** Where exactly: a flag, a variable, a file. Empty for defaults. */
  readonly source: string;
  readonly option: OptionEntry;
}

export interface LoadedConfig {
  readonly home: string;
  readonly config: Config;
  readonly explain: (key: string) => Explained | undefined;
  readonly all: readonly Explained[];
}

export interface ConfigInput {
  readonly home: string;
  readonly environment: Environment;
  /** Values given as flags, by dotted key. */
  readonly flags?: Readonly<Record<string, unknown>>;
  /** Values changed at run time and kept in the database, by dotted key. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const masterKeyName = 'master.key';

interface Raw {
  readonly value: unknown;
  readonly origin: Origin;
  readonly source: string;
}

/** @throws KuraError invalid `config.invalid` with one field fault per mistake, all at once. */
export function loadConfig(input: ConfigInput): LoadedConfig {
  const faults: FieldFault[] = [...unknownVariables(input.environment)];
  const file = readConfigFile(join(input.home, 'kura.yaml'), faults);
  const sources = { input, file, stored: { home: input.home, masters: () => masterKeys(input, file) } };
  const explained = options.map((entry): Explained => {
    const raw = rawValue(entry, sources, faults);
    return {
      key: entry.key,
      value: parseOption(entry, raw, faults),
      origin: raw.origin,
      source: raw.source,
      option: entry,
    };
  });
  if (faults.length > 0) {
    const list = faults.map((fault) => `${fault.path}: ${String(fault.params?.['reason'] ?? fault.code)}`).join('\n  ');
    throw new KuraError('invalid', 'config.invalid', { params: { count: faults.length, list }, fields: faults });
  }
  const config = configSchema.parse(nest(explained));
  return { home: input.home, config, all: explained, explain: (key) => explained.find((one) => one.key === key) };
}

/** Checks one value as a setting would be checked; used when a setting changes at run time. */
export function parseSetting(key: string, value: unknown): unknown {
  const entry = findOption(key);
  const faults: FieldFault[] = [];
  if (entry === undefined || entry.meta.runtime !== true) {
    throw new KuraError('invalid', 'config.not-changeable', { params: { key } });
  }
  const parsed = parseOption(entry, { value, origin: 'settings', source: key }, faults);
  if (faults.length > 0) {
    throw new KuraError('invalid', 'config.value-invalid', {
      params: { key, reason: String(faults[0]?.params?.['reason']) },
      fields: faults,
    });
  }
  return parsed;
}

interface Sources {
  readonly input: ConfigInput;
  readonly file: ReadonlyMap<string, unknown>;
  readonly stored: StoredSecrets;
}

/** What opens stored secrets: the master key in force, and stored ones that a change of the key has not done away with yet. */
function masterKeys(input: ConfigInput, file: ReadonlyMap<string, unknown>): readonly AeadKey[] {
  const entry = findOption(masterKeyName);
  const sources = { input, file, stored: { home: input.home, masters: () => [] } };
  const inForce = entry === undefined ? undefined : rawValue(entry, sources, []).value;
  const others = [masterKeyName, `${masterKeyName}.next`].map((name) => readStoredSecret(sources.stored, name, []));
  return [inForce, ...others].flatMap((text) => (typeof text === 'string' ? (parseMasterKey(text) ?? []) : []));
}

function rawValue(entry: OptionEntry, { input, file, stored: secrets }: Sources, faults: FieldFault[]): Raw {
  const flag = input.flags?.[entry.key];
  if (flag !== undefined) return { value: flag, origin: 'command line', source: `--${entry.key}` };
  const variable = input.environment[entry.variable];
  if (variable !== undefined && variable !== '')
    return { value: variable, origin: 'environment', source: entry.variable };
  const secretFile = entry.meta.secret === true ? input.environment[`${entry.variable}_FILE`] : undefined;
  if (secretFile !== undefined && secretFile !== '') {
    return {
      value: readSecret(entry, { path: secretFile, secrets }, faults),
      origin: 'environment',
      source: `${entry.variable}_FILE`,
    };
  }
  const stored = entry.meta.secret === true ? readStoredSecret(secrets, entry.key, faults) : undefined;
  if (stored !== undefined) return { value: stored, origin: 'file', source: storedSecretPath(input.home, entry.key) };
  const setting = input.settings?.[entry.key];
  if (setting !== undefined) return { value: setting, origin: 'settings', source: 'database' };
  if (file.has(entry.key)) return { value: file.get(entry.key), origin: 'file', source: 'kura.yaml' };
  return { value: undefined, origin: 'default', source: '' };
}

interface SecretFile {
  readonly path: string;
  readonly secrets: StoredSecrets;
}

/** The file may be one that Kura itself stored, and sealed. */
function readSecret(entry: OptionEntry, { path, secrets }: SecretFile, faults: FieldFault[]): string | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    const secret = openStoredText(secrets, entry.key, text);
    if (secret !== undefined) return secret;
    faults.push(doesNotOpen(`${entry.variable}_FILE`, entry.key));
    return undefined;
  } catch (error) {
    const reason =
      systemCode(error) === 'ENOENT' ? `there is no file ${path}` : `${path} cannot be read (${systemCode(error)})`;
    faults.push({ path: `${entry.variable}_FILE`, code: 'config.value-invalid', params: { reason } });
    return undefined;
  }
}

function parseOption(entry: OptionEntry, raw: Raw, faults: FieldFault[]): unknown {
  const result = entry.schema.safeParse(raw.value);
  if (result.success) return result.data;
  const reason = z.prettifyError(result.error).replaceAll('✖ ', '').replaceAll('\n', '; ');
  const place = raw.origin === 'environment' ? raw.source : entry.key;
  faults.push({ path: place, code: 'config.value-invalid', params: { key: entry.key, reason } });
  return undefined;
}

function nest(values: readonly Explained[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { key, value } of values) {
    const [head, tail] = key.split('.');
    if (head === undefined) continue;
    root[head] = tail === undefined ? value : { ...(root[head] as Record<string, unknown> | undefined), [tail]: value };
  }
  return root;
}
