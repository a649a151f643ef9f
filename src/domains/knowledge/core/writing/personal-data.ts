/** Lines that hold what tells of a person (K-110): a hint to who writes; never the line itself. */
import { type PersonalKind, personalKinds } from '../../contract/index.ts';

export interface PersonalLine {
  readonly line: number;
  readonly kind: PersonalKind;
}

/** One hint per kind and line. Lines are cut, because nobody reads further and patterns must end. */
export function findPersonal(body: string): readonly PersonalLine[] {
  return body
    .split('\n')
    .flatMap((text, index) => kindsIn(text.slice(0, longestLine)).map((kind) => ({ line: index + 1, kind })));
}

const longestLine = 2000;

function kindsIn(given: string): readonly PersonalKind[] {
  const text = given.normalize('NFKC');
  const numbers = Array.from(text.matchAll(/\d[\d -]{9,30}/gu), ([found]) => found.replaceAll(/\D/gu, ''));
  return personalKinds.filter((kind) => {
    if (kind === 'mail-address') return hasMailAddress(text);
    if (kind === 'phone-number') return /(?<![\d-])0\d{1,4}-\d{1,4}-\d{3,4}(?![\d-])/u.test(text);
    return numbers.some(kind === 'my-number' ? isMyNumber : isCardNumber);
  });
}

/** Split at the sign, so that nothing is tried twice. Addresses at names made for examples (RFC 2606) are nobody's. */
function hasMailAddress(text: string): boolean {
  const parts = text.split('@');
  return parts.slice(1).some((after, place) => {
    const host = /^[a-z\d][a-z\d.-]{0,250}/iu.exec(after)?.[0].replace(/[.-]$/u, '').toLowerCase() ?? '';
    const isExample = /(?:^|\.)(?:example(?:\.[a-z]{2,4})?|test|invalid|localhost)$/u.test(host);
    return /[\w.+-]$/u.test(parts[place] ?? '') && /\.[a-z]{2,}$/u.test(host) && !isExample;
  });
}

/** The number of a resident of Japan: 11 digits and one that checks them (ordinance of 2014, No. 85, article 5). */
function isMyNumber(digits: string): boolean {
  if (digits.length !== 12) return false;
  const sum = Array.from(digits.slice(0, 11), Number).reduce((total, digit, place) => {
    const n = 11 - place;
    return total + digit * (n <= 6 ? n + 1 : n - 5);
  }, 0);
  const rest = sum % 11;
  return Number(digits.at(11)) === (rest <= 1 ? 0 : 11 - rest);
}

/** The number of a payment card, by its check digit (ISO/IEC 7812-1, annex B). */
function isCardNumber(digits: string): boolean {
  if (digits.length < 14 || digits.length > 16 || !/^[2-6]/u.test(digits)) return false;
  const sum = Array.from(digits, Number)
    .toReversed()
    .reduce((total, digit, place) => {
      const twice = place % 2 === 1 ? digit * 2 : digit;
      return total + (twice > 9 ? twice - 9 : twice);
    }, 0);
  return sum % 10 === 0;
}
