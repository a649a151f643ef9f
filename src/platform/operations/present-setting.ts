/** A setting as API and command line show it; secrets never leave. */
import type { Language } from '#kernel/messages';
import type { Explained } from '#platform/config';

import type { Setting } from './contract/index.ts';

export function settingOf({ key, value, origin, source, option }: Explained, language: Language): Setting {
  const { meta } = option;
  return {
    key,
    value: meta.secret === true && value !== undefined ? '***' : (value ?? null),
    origin,
    source,
    description: meta[language],
    changeable: meta.runtime === true && origin !== 'command line' && origin !== 'environment',
  };
}
