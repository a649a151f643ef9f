/** What differs between two states of an entry: its fields, and its text line by line. */
import { structuredPatch } from 'diff';

import { type ComparedVersions, comparedFields } from '../../contract/index.ts';
import type { EntryContent } from './entry-content.ts';

/** Lines around a change. */
const context = 3;
/** Beyond so many differing lines, finding the fewest takes longer than anybody waits. */
const mostEdits = 4000;

type ComparedField = ComparedVersions['fields'][number];
type ComparedPart = ComparedVersions['parts'][number];

export function compareContents(before: EntryContent, after: EntryContent): Pick<ComparedVersions, 'fields' | 'parts'> {
  return { fields: differingFields(before, after), parts: differingParts(before.body, after.body) };
}

function differingFields(before: EntryContent, after: EntryContent): readonly ComparedField[] {
  return comparedFields
    .map((field) => ({ field, before: shown(before[field]), after: shown(after[field]) }))
    .filter((one) => one.before !== one.after);
}

function shown(value: string | readonly string[] | null): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : value.join(', ');
}

function differingParts(before: string, after: string): readonly ComparedPart[] {
  const patch = structuredPatch('', '', `${before}\n`, `${after}\n`, '', '', { context, maxEditLength: mostEdits });
  if (patch === undefined) return [wholePart(before, after)];
  return patch.hunks.map(({ oldStart, newStart, lines }) => ({
    beforeLine: oldStart,
    afterLine: newStart,
    lines: lines.flatMap(lineOf),
  }));
}

const kinds: ReadonlyMap<string, ComparedPart['lines'][number]['kind']> = new Map([
  [' ', 'same'],
  ['-', 'removed'],
  ['+', 'added'],
]);

/** A line of a patch begins with its sign; one with a backslash only speaks of the end of the file. */
function lineOf(line: string): ComparedPart['lines'] {
  const kind = kinds.get(line.charAt(0));
  return kind === undefined ? [] : [{ kind, text: line.slice(1) }];
}

function wholePart(before: string, after: string): ComparedPart {
  const removed = before.split('\n').map((text) => ({ kind: 'removed', text }) as const);
  const added = after.split('\n').map((text) => ({ kind: 'added', text }) as const);
  return { beforeLine: 1, afterLine: 1, lines: [...removed, ...added] };
}
