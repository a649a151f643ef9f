/** Text for people in Japanese or English (P-095), over i18next with flat keys and `{name}` parameters. */
import { createInstance } from 'i18next';

import type { KuraError, MessageParams } from '#kernel/errors';
import type { Catalogue, Catalogues, Language } from '#kernel/messages';

export interface Translator {
  readonly language: Language;
  /** The message of `key`; a key without a message is a defect and throws. */
  readonly text: (key: string, params?: MessageParams) => string;
  readonly has: (key: string) => boolean;
  readonly number: (value: number) => string;
  /** Bytes in binary units with one decimal: `1.5 GiB`. */
  readonly bytes: (value: number) => string;
  /** An instant (ISO 8601) as date and time in the organisation's zone, the zone named. */
  readonly time: (instant: string) => string;
  /** The day of an instant in the organisation's zone (P-009). */
  readonly day: (instant: string) => string;
}

export interface ErrorText {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  /** What to do next, or undefined when there is nothing sensible to say. */
  readonly advice: string | undefined;
}

/**
 * One translator per language over all catalogues of the product, each made when it is first needed.
 * @param timeZone IANA zone of the organisation; by default Asia/Tokyo for Japanese, else the zone of the system (P-009)
 */
export function createTranslators(
  catalogues: readonly Catalogues[],
  timeZone?: string,
): Readonly<Record<Language, Translator>> {
  let ja: Translator | undefined;
  let en: Translator | undefined;
  return {
    get ja() {
      ja ??= createTranslator('ja', catalogues, timeZone ?? 'Asia/Tokyo');
      return ja;
    },
    get en() {
      en ??= createTranslator('en', catalogues, timeZone);
      return en;
    },
  };
}

/** The error as a person reads it. */
export function describeError(error: KuraError, translator: Translator): ErrorText {
  const adviceKey = `${error.code}.advice`;
  return {
    id: error.id,
    code: error.code,
    title: translator.text(error.code, { ...listOf(error, translator), ...error.params }),
    advice: translator.has(adviceKey) ? translator.text(adviceKey, error.params) : undefined,
  };
}

/** Messages that name faulty fields do so in the reader's language, unless their list is given. */
function listOf({ fields }: KuraError, translator: Translator): MessageParams {
  if (fields.length === 0) return {};
  return { list: fields.map(({ path, code, params }) => `${path}: ${translator.text(code, params)}`).join('; ') };
}

/** The language of a locale name such as `ja_JP.UTF-8` or an Accept-Language header; English when it names neither. */
export function languageOf(locale: string | undefined): Language {
  const first = (locale ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((code) => code === 'ja' || code === 'en');
  return first === 'ja' ? 'ja' : 'en';
}

function createTranslator(
  language: Language,
  catalogues: readonly Catalogues[],
  timeZone: string | undefined,
): Translator {
  const resources: Catalogue = Object.assign({}, ...catalogues.map((catalogue) => catalogue[language]));
  const instance = createInstance({
    lng: language,
    resources: { [language]: { translation: resources } },
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  });
  void instance.init();
  const date = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone } as const;
  const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  const day = once(() => new Intl.DateTimeFormat(language, date));
  const time = once(() => new Intl.DateTimeFormat(language, { ...date, ...clock }));
  const integer = once(() => new Intl.NumberFormat(language));
  const plural = once(() => new Intl.PluralRules(language));
  const decimal = once(() => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }));
  // Messages of errors carry numbers; `{name, bytes}` says them as people do.
  instance.services.formatter?.add('bytes', (value: number) => formatBytes(value, decimal()));
  // `{files, count(one: file; other: files)}` says the number with the word that goes with it (English has two forms).
  instance.services.formatter?.add('count', (value, _language, forms) => {
    const form: unknown = forms[plural().select(Number(value))] ?? forms['other'];
    return `${value} ${String(form)}`;
  });
  return {
    language,
    has: (key) => key in resources,
    text: (key, params) => {
      const text = resources[key];
      if (text === undefined) throw new Error(`no message for ${key}`);
      // Most of the hundreds of texts of a command line say what they say: no need to look for places to fill in.
      return params === undefined && !/[{$]/.test(text) ? text : instance.t(key, { ...params });
    },
    number: (value) => integer().format(value),
    bytes: (value) => formatBytes(value, decimal()),
    time: (instant) => time().format(Date.parse(instant)),
    day: (instant) => day().format(Date.parse(instant)),
  };
}

/** What formats for people takes milliseconds to make, and few commands need all of them. */
function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

function formatBytes(value: number, format: Intl.NumberFormat): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  return `${format.format(value / 1024 ** power)} ${units[power]}`;
}
