/** The list of rules on the docs pages, from the same tables the scanner reads. Run this file to write it there. */
import { readFileSync, writeFileSync } from 'node:fs';

import type { Language } from '#kernel/messages';

import { modelscanMessages } from '../messages/modelscan-messages.ts';
import { rules, type Severity } from '../rules.ts';

const BEGIN = '<!-- rules:begin -->';
const END = '<!-- rules:end -->';

const severityNames: Readonly<Record<Language, Readonly<Record<Severity, string>>>> = {
  en: { dangerous: 'dangerous', invalid: 'invalid', suspicious: 'suspicious' },
  ja: { dangerous: '危険 (dangerous)', invalid: '不正 (invalid)', suspicious: '要注意 (suspicious)' },
};

function renderRuleList(language: Language): string {
  const sections = Object.entries(rules).map(([rule, severity]) => {
    const sentence = modelscanMessages[language][`modelscan.${rule}`] ?? '';
    const plain = sentence.replace(/ ?\(\{evidence\}\)/, '');
    return `### ${rule}\n\n**${severityNames[language][severity]}** – ${plain}\n`;
  });
  return sections.join('\n');
}

function pageOf(language: Language): URL {
  return new URL(`../../../../docs/${language}/scan-rules.md`, import.meta.url);
}

/** The page as it is, and as it would be with the present rules. */
export function comparePage(language: Language): { readonly present: string; readonly wanted: string } {
  const present = readFileSync(pageOf(language), 'utf8');
  const [before = '', rest = ''] = present.split(BEGIN);
  const after = rest.split(END)[1] ?? '';
  return { present, wanted: `${before}${BEGIN}\n\n${renderRuleList(language)}\n${END}${after}` };
}

if (import.meta.main) {
  for (const language of ['en', 'ja'] as const) writeFileSync(pageOf(language), comparePage(language).wanted);
}
