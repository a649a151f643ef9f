import {
  bodySchema,
  type EntryStatus,
  type EntryType,
  type EntryView,
  tagsSchema,
  titleSchema,
} from '#knowledge/contract';

/** An entry while somebody writes it. */
export interface EntryDraft {
  readonly title: string;
  readonly type: EntryType;
  readonly body: string;
  readonly tags: readonly string[];
  readonly status: EntryStatus;
}

export const emptyDraft: EntryDraft = { title: '', type: 'other', body: '', tags: [], status: 'published' };

export function draftOf({ title, type, body, tags, status }: EntryView): EntryDraft {
  return { title, type, body, tags, status };
}

/** The fields that the server would refuse as they are. */
export function faultyFields(draft: EntryDraft): readonly (keyof EntryDraft)[] {
  const checks = { title: titleSchema, body: bodySchema, tags: tagsSchema };
  return (['title', 'body', 'tags'] as const).filter((field) => !checks[field].safeParse(draft[field]).success);
}
