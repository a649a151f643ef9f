/** A text as it may leave the house: lines that look like a secret or tell of a person are left out. */
import { findPersonal } from '../writing/personal-data.ts';
import { findSecrets } from '../writing/text-findings.ts';

const leftOut = '[…]';

export function sendableText(text: string): string {
  const told = new Set([...findSecrets(text), ...findPersonal(text)].map(({ line }) => line));
  if (told.size === 0) return text;
  return text
    .split('\n')
    .map((line, index) => (told.has(index + 1) ? leftOut : line))
    .join('\n');
}
