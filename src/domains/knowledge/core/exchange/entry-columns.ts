/** The columns of entries in CSV, in both directions; the first name is the one that is written. */
import type { Cell } from '#kernel/csv';

import type { Entry } from '../entries/entry-content.ts';

interface Column {
  /** Names it is read under, upper and lower case alike. */
  readonly names: readonly [string, ...string[]];
  readonly of: (entry: Entry) => Cell;
}

const columns: readonly Column[] = [
  { names: ['kuraId'], of: ({ id }) => id },
  { names: ['id', '番号', '管理番号'], of: ({ externalId }) => externalId ?? null },
  { names: ['title', '題名', 'タイトル', '件名'], of: ({ title }) => title },
  { names: ['type', '種類', '種別', '分類'], of: ({ type }) => type },
  { names: ['tags', 'タグ'], of: ({ tags }) => tags.join('; ') },
  { names: ['body', '本文', '内容'], of: ({ body }) => body },
  { names: ['lang', '言語'], of: ({ lang }) => lang },
  { names: ['status', '状態'], of: ({ status }) => status },
  { names: ['visibility', '公開範囲'], of: ({ visibility }) => visibility },
  { names: ['department', '部署', '部門'], of: ({ department }) => department },
  { names: ['owner', '担当者', '所有者'], of: ({ owner }) => owner },
  { names: ['reviewer', '確認者'], of: ({ reviewer }) => reviewer },
  { names: ['reviewOn', '見直し日'], of: ({ reviewOn }) => reviewOn },
  { names: ['severity', '重要度', '深刻度'], of: ({ severity }) => severity },
  { names: ['created', '作成日時'], of: ({ createdAt }) => createdAt },
  { names: ['updated', '更新日時'], of: ({ updatedAt }) => updatedAt },
];

export const entryColumns: readonly string[] = columns.map(({ names: [name] }) => name);

export function entryCells(entry: Entry): readonly Cell[] {
  return columns.map(({ of }) => of(entry));
}

const fields: ReadonlyMap<string, string> = new Map(
  columns.flatMap(({ names }) => names.map((name) => [name.toLowerCase(), names[0]] as const)),
);

/** The field a heading means; undefined for what is not ours. */
export function fieldOf(heading: string): string | undefined {
  return fields.get(heading.normalize('NFKC').trim().toLowerCase());
}
