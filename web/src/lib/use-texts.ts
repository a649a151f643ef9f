import { useMemo } from 'react';
import { type UseTranslationResponse, useTranslation } from 'react-i18next';

/** Keys of all texts; the shell, which merges them, says which there are. */
export interface TextKeys {}

/** A text with a plural has one key per form, and is asked for by what they have in common. */
type Counted<Key> = Key extends `${infer Common}_other` ? Common : never;
export type TextKey = keyof TextKeys | Counted<keyof TextKeys>;

export type SayText = (key: TextKey, params?: Readonly<Record<string, string | number | boolean | null>>) => string;

export interface Texts {
  /** The text of a key in the language of the page. */
  readonly t: SayText;
  readonly i18n: UseTranslationResponse<'translation', undefined>['i18n'];
}

/** i18next's own type of `t` does not carry a union of thousands of keys. The same object until the language changes. */
export function useTexts(): Texts {
  const { t, i18n } = useTranslation();
  return useMemo(() => ({ t: (key, params) => t(key, { ...params }), i18n }), [t, i18n]);
}
