/**
 * Notes of a help desk with the type a person gave them: to measure with, never to learn from. A line is
 * `type|title|body`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TypeNote {
  readonly type: string;
  readonly title: string;
  readonly body: string;
}

export function readTypeNotes(): readonly TypeNote[] {
  return readFileSync(join(import.meta.dirname, 'type-notes.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [type = '', title = '', body = ''] = line.split('|');
      return { type, title, body };
    });
}
