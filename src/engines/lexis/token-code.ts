/**
 * Terms written so that SQLite FTS5 `unicode61` and PostgreSQL `simple` each see exactly one token per term.
 *
 * Letters both tokenizers have known for ever stand for themselves: a–z, 0–9, katakana, the CJK ideographs of
 * Unicode 1.1. Any other character (the `:` and `\` of a path, é, an ideograph of a newer plane that an older Unicode
 * table calls punctuation) is written ヿ and five hexadecimal digits of its code point. ヿ (U+30FF) is a letter to both
 * and cannot occur in a term, because NFKC turns it into コト; so the code is injective, and since every character is
 * coded by itself, a prefix of a Japanese term is coded as a prefix of its code. PostgreSQL would cut 1e5abc after the
 * number it sees in it, so the first digit of such terms is coded, too. ヿ alone opens every indexed text, which lets a
 * query of nothing but exclusions be asked.
 */
const introducer = 'ヿ';

/** The token that every indexed text contains. */
export const everyText = introducer;

export function encodeTerm(term: string): string {
  if (/^[a-zァ-ヺ\u4e00-\u9fa5]+$/.test(term)) return term;
  return term.replace(/[^a-z0-9ァ-ヺ\u4e00-\u9fa5]|^\d(?=\d*e\d)/gu, (char) => {
    return introducer + (char.codePointAt(0) ?? 0).toString(16).padStart(5, '0');
  });
}

/** The term a token stands for; the inverse of {@link encodeTerm}, for vocabularies read back from an index. */
export function decodeToken(token: string): string {
  return token.replace(/ヿ([0-9a-f]{5})/gu, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 16)));
}

/**
 * One token for a fact about a text that is none of its words – its type, a day – so that words and facts are asked of
 * the index in one expression. z is no hexadecimal digit, so it never equals a term; a longer value's token begins with
 * that of a shorter one, so days are asked by prefix.
 *
 * @param name Small Latin letters but z.
 * @param value Folded as `normalise` folds it.
 */
export function factToken(name: string, value: string): string {
  return `${introducer}z${name}z${encodeTerm(value)}`;
}
