import type { EntryType } from '../../contract/index.ts';

/** The types as a beginner would choose among them. */
export const typeLabels: Readonly<Record<'ja' | 'en', Readonly<Record<EntryType, string>>>> = {
  ja: {
    incident: 'インシデント (何かが起きて、使えなくなった)',
    problem: '問題 (何度も起きることの原因)',
    change: '変更 (システムや設定を変える)',
    release: 'リリース (新しい版を展開する)',
    request: '依頼 (誰かの頼みに応える手順)',
    other: 'その他',
  },
  en: {
    incident: 'incident (something happened and stopped working)',
    problem: 'problem (why something keeps coming back)',
    change: 'change (of a system or a setting)',
    release: 'release (a new version is rolled out)',
    request: 'request (how to do what somebody asks for)',
    other: 'other',
  },
};
