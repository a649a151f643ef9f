import {
  bodySchema,
  type EntryStatus,
  type EntryType,
  type EntryView,
  nameSchema,
  type Severity,
  tagsSchema,
  titleSchema,
  type Visibility,
} from '#knowledge/contract';

/** An entry while somebody writes it; what is not said is an empty text. */
export interface EntryDraft {
  readonly title: string;
  readonly type: EntryType;
  readonly body: string;
  readonly tags: readonly string[];
  readonly status: EntryStatus;
  readonly visibility: Visibility;
  readonly department: string;
  readonly owner: string;
  readonly reviewer: string;
  readonly reviewOn: string;
  readonly severity: Severity | '';
  readonly note: string;
}

export const emptyDraft: EntryDraft = {
  title: '',
  type: 'other',
  body: '',
  tags: [],
  status: 'published',
  visibility: 'public',
  department: '',
  owner: '',
  reviewer: '',
  reviewOn: '',
  severity: '',
  note: '',
};

export function draftOf(entry: EntryView): EntryDraft {
  const { title, type, body, tags, status, visibility } = entry;
  return {
    title,
    type,
    body,
    tags,
    status,
    visibility,
    department: entry.department ?? '',
    owner: entry.owner ?? '',
    reviewer: entry.reviewer ?? '',
    reviewOn: entry.reviewOn ?? '',
    severity: entry.severity ?? '',
    note: '',
  };
}

/** As the server wants it. */
export function contentOf({ tags, note, severity, ...draft }: EntryDraft) {
  const { title, type, body, status, visibility } = draft;
  return {
    title,
    type,
    body,
    status,
    visibility,
    tags: [...tags],
    department: draft.visibility === 'department' ? said(draft.department) : null,
    owner: said(draft.owner),
    reviewer: said(draft.reviewer),
    reviewOn: said(draft.reviewOn),
    severity: severity === '' ? null : severity,
    ...(note.trim() === '' ? {} : { note }),
  };
}

function said(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** The fields that the server would refuse as they are. */
export function faultyFields(draft: EntryDraft): readonly (keyof EntryDraft)[] {
  const checks = { title: titleSchema, body: bodySchema, tags: tagsSchema };
  const faulty = (['title', 'body', 'tags'] as const).filter((field) => !checks[field].safeParse(draft[field]).success);
  const isDepartmentMissing = draft.visibility === 'department' && !nameSchema.safeParse(draft.department).success;
  return isDepartmentMissing ? [...faulty, 'department'] : faulty;
}
