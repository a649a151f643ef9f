/** What can be seen in a text by itself: its sections, what it names, and what should not stand there. */
import type { Language } from '#kernel/messages';

import { type EntryAdvice, type EntryType, entryTemplates } from '../../contract/index.ts';
import { sectionsOf } from '../asking/passages-of.ts';

type Sections = EntryAdvice['sections'];

/** A section is there with text of its own below its heading; named without one, it is mentioned. */
export function findSections(body: string, type: EntryType, language: Language): Sections {
  const { sections } = entryTemplates[language][type];
  const text = body.replaceAll(/\r\n?/g, '\n');
  const written = sectionsOf(text);
  return sections.map(({ heading, hint }) => {
    const own = written.find((one) => one.heading?.toLowerCase().includes(heading.toLowerCase()));
    if (own !== undefined) {
      const below = text
        .slice(own.start, own.end)
        .replaceAll(hint, '')
        .replaceAll(/[\s_*]/gu, '');
      return { heading, hint, state: below === '' ? 'empty' : 'there' };
    }
    return { heading, hint, state: body.includes(heading) ? 'mentioned' : 'missing' };
  });
}

/** Bounded, so that a line of beginnings that never end costs no more than its length. */
const secretPatterns: ReadonlyArray<readonly [EntryAdvice['secrets'][number]['kind'], RegExp]> = [
  ['private-key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/u],
  [
    'token',
    /\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|xox[abp]-[A-Za-z0-9-]{20,}|eyJ[\w-]{10,500}\.eyJ[\w-]{10,2000}\.)/u,
  ],
  [
    'password',
    /(?:password|passwd|パスワード|暗証番号)\s*(?:[:=：]|は)\s*["'「]?(?=[^\s"'」]{0,200}\d)[\x21-\x7e]{6,}/iu,
  ],
];

export function findSecrets(body: string): EntryAdvice['secrets'] {
  return body.split('\n').flatMap((text, index) => {
    const kind = secretPatterns.find(([, pattern]) => pattern.test(text))?.[0];
    return kind === undefined ? [] : { line: index + 1, kind };
  });
}

const mostNamed = 20;

export function findFacts(text: string): EntryAdvice['facts'] {
  return {
    dates: named(text, /\b\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[ T]\d{1,2}:\d{2})?|\d{4}年\d{1,2}月\d{1,2}日/gu),
    addresses: mentioned(addressesIn(text)),
    codes: named(
      text,
      /\b0x[\da-f]{4,8}\b|\b[A-Z]{2,10}-\d{2,6}\b|\b(?:HTTP\s)?[45]\d{2}\b(?=\s*(?:エラー|error))|\bE[A-Z]{4,}\b/gu,
    ),
  };
}

/** Words first and a look at each of them, so that no text makes a pattern try again and again. */
function addressesIn(text: string): readonly string[] {
  const words = Array.from(text.matchAll(/[a-z\d][a-z\d.-]*/giu), ([word]) => word.replace(/[.-]{1,3}$/u, ''));
  return words.filter((word) => isAddress(word.split('.')));
}

const endings = new Set(['local', 'internal', 'lan', 'com', 'net', 'org', 'jp']);

/** An IPv4 address, or a host below a known ending. */
function isAddress(labels: readonly string[]): boolean {
  if (labels.length === 4 && labels.every((label) => /^\d{1,3}$/u.test(label))) return true;
  const ending = labels.at(-1)?.toLowerCase() ?? '';
  return labels.length > 2 && endings.has(ending) && /^[a-z]/iu.test(labels[0] ?? '') && !labels.includes('');
}

function named(text: string, pattern: RegExp): readonly string[] {
  return mentioned(Array.from(text.matchAll(pattern), ([found]) => found));
}

/** Each once, in the order of the text. */
function mentioned(found: readonly string[]): readonly string[] {
  return [...new Set(found)].slice(0, mostNamed);
}
