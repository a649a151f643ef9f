/** A message in the reader's language. */
import type { Translator } from '#platform/i18n';

import type { Worded } from './notice.ts';

/** A key of a program that is older or newer stands for itself. */
export function say({ key, params = {}, words = {}, times = {} }: Worded, translator: Translator): string {
  const { has, text, time, language } = translator;
  if (!has(key)) return key;
  const between = language === 'ja' ? '・' : ', ';
  const said = Object.entries(words).map(
    ([name, keys]) => [name, keys.map((one) => (has(one) ? text(one) : one)).join(between)] as const,
  );
  const told = Object.entries(times).map(([name, at]) => [name, time(at)] as const);
  return text(key, { ...params, ...Object.fromEntries([...said, ...told]) });
}
