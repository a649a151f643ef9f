/** The page's language: what the person chose here, else the first of the browser's that Kura speaks. */
export type Language = 'ja' | 'en';

const storageKey = 'kura.language';

export function initialLanguage(): Language {
  return [localStorage.getItem(storageKey), ...navigator.languages].map(spoken).find(isLanguage) ?? 'en';
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
}

export function isLanguage(value: unknown): value is Language {
  return value === 'ja' || value === 'en';
}

function spoken(tag: string | null): string | undefined {
  return tag?.slice(0, 2).toLowerCase();
}
