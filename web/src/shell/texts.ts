/** All texts of the pages, merged from their owners; i18next keeps which language is shown. */
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';

import { en as accountEn } from '../domains/account/messages/en.ts';
import { ja as accountJa } from '../domains/account/messages/ja.ts';
import { en as alertsEn } from '../domains/alerts/messages/en.ts';
import { ja as alertsJa } from '../domains/alerts/messages/ja.ts';
import { en as backupsEn } from '../domains/backups/messages/en.ts';
import { ja as backupsJa } from '../domains/backups/messages/ja.ts';
import { en as identityEn } from '../domains/identity/messages/en.ts';
import { ja as identityJa } from '../domains/identity/messages/ja.ts';
import { en as knowledgeEn } from '../domains/knowledge/messages/en.ts';
import { ja as knowledgeJa } from '../domains/knowledge/messages/ja.ts';
import { en as modelsEn } from '../domains/models/messages/en.ts';
import { ja as modelsJa } from '../domains/models/messages/ja.ts';
import { en as operationsEn } from '../domains/operations/messages/en.ts';
import { ja as operationsJa } from '../domains/operations/messages/ja.ts';
import { initialLanguage } from '../lib/language.ts';
import { en as shellEn } from './messages/en.ts';
import { ja as shellJa } from './messages/ja.ts';

const en = {
  ...shellEn,
  ...accountEn,
  ...alertsEn,
  ...identityEn,
  ...modelsEn,
  ...backupsEn,
  ...knowledgeEn,
  ...operationsEn,
};
const ja: Record<keyof typeof en, string> = {
  ...shellJa,
  ...accountJa,
  ...alertsJa,
  ...identityJa,
  ...modelsJa,
  ...backupsJa,
  ...knowledgeJa,
  ...operationsJa,
};

declare module '../lib/use-texts.ts' {
  interface TextKeys extends Record<keyof typeof en, string> {}
}

export function startTexts(): void {
  const texts = createInstance();
  texts.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  // initReactI18next hands the instance to the hooks of react-i18next.
  void texts.use(initReactI18next).init({
    lng: initialLanguage(),
    fallbackLng: false,
    resources: { en: { translation: en }, ja: { translation: ja } },
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  });
}
