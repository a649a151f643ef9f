/**
 * The language of help and errors, needed before anything is opened: `--lang`, then `language` as configured for the
 * data directory, then the locale. A configuration with mistakes decides nothing here; it is reported when it is used.
 */
import type { Language } from '#kernel/messages';
import { type Environment, loadConfig, resolveHome } from '#platform/config';
import { languageOf } from '#platform/i18n';

export function initialLanguage(argv: readonly string[], environment: Environment): Language {
  const configured = configuredLanguage(valueOf('--home', argv), environment);
  if (configured !== 'auto') return configured;
  return languageOf(environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG']);
}

function configuredLanguage(home: string | undefined, environment: Environment): Language | 'auto' {
  try {
    return loadConfig({ home: resolveHome(home, environment), environment }).config.language;
  } catch {
    return 'auto';
  }
}

function valueOf(flag: string, argv: readonly string[]): string | undefined {
  const index = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  if (index < 0) return undefined;
  return argv[index]?.startsWith(`${flag}=`) === true ? argv[index]?.slice(flag.length + 1) : argv[index + 1];
}
