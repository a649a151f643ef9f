/** The fields of a knowledge query, in both languages. */
import type { QueryField, QueryLanguage } from '#engines/lexis';

import { type EntryStatus, entryStatuses, type Severity, severities } from '../../contract/index.ts';
import { type FactName, factValue } from '../entries/entry-facts.ts';
import { entryTypeNameSchema } from '../exchange/import-record.ts';
import { type TagNames, tagName } from '../tags/tag-names.ts';

const statusNames: ReadonlyMap<string, EntryStatus> = new Map([
  ...entryStatuses.map((status) => [status, status] as const),
  ['下書き', 'draft'],
  ['レビュー', 'review'],
  ['レビュー中', 'review'],
  ['確認中', 'review'],
  ['公開', 'published'],
  ['公開中', 'published'],
  ['公開済み', 'published'],
  ['アーカイブ', 'archived'],
  ['保管', 'archived'],
]);

const severityNames: ReadonlyMap<string, Severity> = new Map([
  ...severities.map((severity) => [severity, severity] as const),
  ['低', 'low'],
  ['中', 'medium'],
  ['高', 'high'],
  ['緊急', 'critical'],
  ['重大', 'critical'],
]);

function fields(tagNames: TagNames): readonly QueryField[] {
  return [
    { kind: 'scope', scope: 'title', names: ['title', 'タイトル', '題名', '件名'] },
    { kind: 'scope', scope: 'body', names: ['body', 'text', '本文'] },
    fact('type', ['type', '種類', '種別'], (typed) => entryTypeNameSchema.safeParse(typed.normalize('NFKC')).data),
    fact('status', ['status', 'state', '状態'], (typed) => statusNames.get(typed.normalize('NFKC').toLowerCase())),
    fact('tag', ['tag', 'tags', 'タグ'], (typed) => factValue(tagName(tagNames, typed))),
    fact('author', ['author', 'by', '作成者'], factValue),
    fact('owner', ['owner', '担当', '担当者'], factValue),
    fact('severity', ['severity', '重大度', '重要度'], (typed) =>
      severityNames.get(typed.normalize('NFKC').toLowerCase()),
    ),
    { kind: 'days', name: 'created' satisfies FactName, names: ['created', '作成', '作成日'] },
    { kind: 'days', name: 'updated' satisfies FactName, names: ['updated', 'changed', '更新', '更新日'] },
  ];
}

function fact(name: FactName, names: readonly string[], read: (typed: string) => string | undefined): QueryField {
  return { kind: 'fact', name, names, read: (typed) => read(typed.trim()) || undefined };
}

/** @param now Milliseconds since the epoch, in UTC as all days here. */
export function searchLanguage(now: number, tagNames: TagNames = new Map()): QueryLanguage {
  return { fields: fields(tagNames), now };
}
