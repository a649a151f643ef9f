/** What an entry needs before it is kept: a department where one sees it, an owner and a day of review once published. */
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';

import type { NewEntry } from '../../contract/index.ts';
import { dayOf } from '../usage/period.ts';
import { contentHash, type EntryCare, type EntryContent, guessLang, plainCare } from './entry-content.ts';

export interface KnowledgeRules {
  /** What is published, somebody else than its writer has looked at. */
  readonly fourEyes: boolean;
  /** After so many days somebody should check that an entry still holds; 0 asks nobody. */
  readonly reviewDays: number;
  /** For so many days a removed entry can come back; 0 keeps it for ever. */
  readonly removedDays: number;
}

export const usualRules: KnowledgeRules = { fourEyes: false, reviewDays: 365, removedDays: 30 };

/** What people wrote, with what they left out: as before, or as usual. */
export function writtenContent(
  entry: Omit<NewEntry, 'externalId' | 'note'>,
  before: EntryContent | undefined,
): EntryContent {
  const { title, type, body, tags, status } = entry;
  const care = before ?? plainCare;
  return {
    title,
    type,
    body,
    tags,
    status,
    lang: entry.lang ?? guessLang(`${title}\n${body}`),
    visibility: entry.visibility ?? care.visibility,
    department: given(entry.department, care.department),
    owner: given(entry.owner, care.owner),
    reviewer: given(entry.reviewer, care.reviewer),
    reviewOn: given(entry.reviewOn, care.reviewOn),
    severity: given(entry.severity, care.severity),
  };
}

function given<Value>(value: Value | null | undefined, before: Value | null): Value | null {
  return value === undefined ? before : value;
}

interface Settling {
  readonly rules: KnowledgeRules;
  readonly clock: Clock;
  /** User name of who writes. */
  readonly writer: string;
}

/**
 * The content as it is kept.
 * @throws KuraError `knowledge.department-missing`, `knowledge.review-first`.
 */
export function settledContent(
  content: EntryContent,
  before: EntryContent | undefined,
  settling: Settling,
): EntryContent {
  if (content.visibility === 'department' && content.department === null)
    throw new KuraError('invalid', 'knowledge.department-missing');
  const settled = { ...content, department: content.visibility === 'department' ? content.department : null };
  if (settled.status !== 'published') return settled;
  if (settling.rules.fourEyes && (before === undefined || contentHash(before) !== contentHash(settled)))
    throw new KuraError('conflict', 'knowledge.review-first', { params: { title: settled.title } });
  return before?.status === 'published' ? settled : { ...settled, ...publishedCare(settled, settling) };
}

/** Nothing is published without somebody who answers for it, and a day to look at it again. */
export function publishedCare(
  { owner, reviewOn }: EntryCare,
  { rules, clock, writer }: Settling,
): Pick<EntryCare, 'owner' | 'reviewOn'> {
  return { owner: owner ?? writer, reviewOn: reviewOn ?? nextReview(rules, clock) };
}

/** The day of the next review; none when nobody is asked. */
export function nextReview({ reviewDays }: KnowledgeRules, clock: Clock): string | null {
  return reviewDays === 0 ? null : dayOf(clock.now() + reviewDays * DAY);
}
