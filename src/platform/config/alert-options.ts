/** Settings of alerts. */
import { z } from 'zod';

import { count, option } from './option.ts';

const steps = z
  .string()
  .regex(/^(?:\d{1,5}(?:, *\d{1,5}){0,4})?$/, 'must be up to five numbers of minutes such as 15,60,240')
  .refine((text) => minutesOf(text).every((one, index, all) => one > (all[index - 1] ?? 0)), 'must rise');

function escalation(what: { readonly en: string; readonly ja: string }, minutes: string) {
  return option(steps.default(minutes), {
    en: `Minutes after which ${what.en} that nobody took on goes a step further, joined by commas; each step has routes of its own. Empty: never.`,
    ja: `${what.ja}に誰も対応しないとき、次の段階へ進むまでの分数 (カンマ区切り)。段階ごとに通知ルートを設定できます。空なら進みません。`,
    runtime: true,
  });
}

export const alertOptions = z.strictObject({
  escalateCritical: escalation({ en: 'a critical alert', ja: '重大なアラート' }, '15,60,240'),
  escalateError: escalation({ en: 'an error', ja: 'エラーのアラート' }, '60,480'),
  escalateWarning: escalation({ en: 'a warning', ja: '警告のアラート' }, '1440'),
  keepDays: option(count(7, 3650).default(400), {
    en: 'Days for which alerts are kept after they were over.',
    ja: '解決したアラートを残す日数。',
    runtime: true,
  }),
});

/** The entries of `alerts.escalate…`. */
export function minutesOf(text: string): readonly number[] {
  return text.split(',').flatMap((one) => (one.trim() === '' ? [] : [Number(one)]));
}
