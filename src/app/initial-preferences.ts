/**
 * Language and time zone of help, errors and tables, needed before anything is opened: as configured for the data
 * directory, else as the locale says. A configuration with mistakes decides nothing here; it is reported when it is used.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Language } from '#kernel/messages';
import { type Config, type Environment, resolveHome } from '#platform/config';
import { languageOf } from '#platform/i18n';

import { optionValue } from './option-value.ts';

export interface Preferences {
  readonly language: Language;
  /** Undefined where the language decides. */
  readonly timeZone: string | undefined;
}

export async function initialPreferences(argv: readonly string[], environment: Environment): Promise<Preferences> {
  const config = await configured(optionValue(argv, '--home'), environment);
  const locale = languageOf(environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG']);
  const language = config?.language ?? 'auto';
  return { language: language === 'auto' ? locale : language, timeZone: zoneOf(config) };
}

/** The zone in which days are counted, as configured. */
export function zoneOf(config: Config | undefined): string | undefined {
  return config === undefined || config.timezone === 'auto' ? undefined : config.timezone;
}

/** The same, or that of the machine. */
export function houseZone(config: Config): string {
  return zoneOf(config) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

async function configured(home: string | undefined, environment: Environment): Promise<Config | undefined> {
  try {
    const root = resolveHome(home, environment);
    // All options with their rules take longer to load than many commands: only where one of the two may be set.
    const isSet = [environment['KURA_LANGUAGE'], environment['KURA_TIMEZONE']].some((value) => value !== undefined);
    if (!isSet && !existsSync(join(root, 'kura.yaml'))) return undefined;
    const { loadConfig } = await import('#platform/config');
    return loadConfig({ home: root, environment }).config;
  } catch {
    return undefined;
  }
}
