import type { TextForm } from './answer-shape.ts';

const patterns: ReadonlyArray<readonly [TextForm, RegExp]> = [
  ['date', /^\d{4}-\d{2}-\d{2}(?:$|[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$)/i],
  ['zoneless', /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/],
  ['uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
  ['url', /^https?:\/\/[^\s]+$/i],
  ['number', /^-?\d{1,20}(?:\.\d{1,20})?$/],
  ['hex', /^[0-9a-f]{8,128}$/i],
  ['html', /^\s*<[a-z!]/i],
  ['json', /^\s*(?:\{\s*"|\[\s*[{["\d])/],
];
/** Longer texts are prose, whatever they begin with; only HTML is worth telling apart. */
const LONGEST_EXAMINED = 2000;

export function textFormOf(text: string): TextForm {
  const examined = text.slice(0, LONGEST_EXAMINED);
  return patterns.find(([, pattern]) => pattern.test(examined))?.[0] ?? 'text';
}
