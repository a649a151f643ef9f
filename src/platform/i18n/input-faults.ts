/** Why a value was refused, in the reader's language: the rule's own words (`worded` of a contract), else those of zod. */
import { z } from 'zod';
import { ja } from 'zod/locales';

import type { FieldFault } from '#kernel/errors';
import type { Language } from '#kernel/messages';

const inJapanese = { error: ja().localeError };

export function safeParseIn<Schema extends z.ZodType>(schema: Schema, value: unknown, language: Language) {
  return schema.safeParse(value, language === 'ja' ? inJapanese : undefined);
}

const ownWords = z.looseObject({ words: z.string() });
const wordParams = z.record(z.string(), z.union([z.string(), z.number()]));

/** @param code of the message for rules without words of their own; it has the parameter `reason` */
export function faultsOf(error: z.ZodError, code: string): readonly FieldFault[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    const own = ownWords.safeParse(issue.code === 'custom' ? issue.params : undefined);
    if (!own.success) return { path, code, params: { reason: issue.message } };
    const { words, ...params } = own.data;
    return { path, code: words, params: wordParams.parse(params) };
  });
}
