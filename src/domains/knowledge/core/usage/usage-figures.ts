/** Key figures (K-020, K-165): each made of events, with how many; unknown where there were none. */

import { DAY, SECOND } from '#kernel/units';
import type { ReadTables } from '#platform/db';

import type { KnowledgeFigure } from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import {
  type Asked,
  closingTimes,
  countLeadingOn,
  countReviews,
  countVoices,
  countWritten,
} from '../../store/upkeep-figures.ts';
import { medianOpening, sumSearches, usesByDay } from '../../store/usage-store.ts';

type Reads = ReadTables<KnowledgeTables>;
type Figure = Omit<KnowledgeFigure, 'before'>;

/** With what the same number of days before came to. */
export async function usageFigures(
  reads: Reads,
  asked: Asked,
  before: Asked,
  today: string,
): Promise<readonly KnowledgeFigure[]> {
  const now = await figuresOf(reads, asked);
  const earlier = new Map((await figuresOf(reads, before)).map(({ id, value }) => [id, value]));
  const figures = now.map((figure) => ({ ...figure, before: earlier.get(figure.id) ?? null }));
  return [...figures, { ...(await reviewFigure(reads, asked, today)), before: null }];
}

async function figuresOf(reads: Reads, asked: Asked): Promise<readonly Figure[]> {
  return [
    ...(await searchFigures(reads, asked)),
    await viewFigure(reads, asked),
    await voiceFigure(reads, asked),
    await taskFigure(reads, asked),
    ...(await chainFigures(reads, asked)),
  ];
}

async function searchFigures(reads: Reads, asked: Asked): Promise<readonly Figure[]> {
  const { searches, found, opened } = await sumSearches(reads, asked);
  const median = await medianOpening(reads, asked, opened);
  const seconds = median === null ? null : Math.round(median / (SECOND / 10)) / 10;
  return [
    { id: 'searches', value: searches, unit: 'count', of: searches, source: 'searches' },
    share('found', found, searches, 'searches'),
    share('opened', opened, found, 'searches'),
    { id: 'seconds-to-open', value: seconds, unit: 'seconds', of: opened, source: 'searches' },
  ];
}

async function viewFigure(reads: Reads, asked: Asked): Promise<Figure> {
  const byDay = await usesByDay(reads, { ...asked, action: 'view' });
  const views = sum([...byDay.values()]);
  return { id: 'views', value: views, unit: 'count', of: views, source: 'uses' };
}

async function voiceFigure(reads: Reads, asked: Asked): Promise<Figure> {
  const voices = await countVoices(reads, asked);
  return share('helpful', voices.get('helpful') ?? 0, sum([...voices.values()]), 'feedback');
}

async function taskFigure(reads: Reads, asked: Asked): Promise<Figure> {
  const closed = await closingTimes(reads, asked);
  const days = closed
    .map(({ openedAt, closedAt }) => (Date.parse(closedAt) - Date.parse(openedAt)) / DAY)
    .toSorted((a, b) => a - b);
  const median = days[Math.floor((days.length - 1) / 2)];
  const value = median === undefined ? null : Math.round(median * 10) / 10;
  return { id: 'days-to-close', value, unit: 'days', of: days.length, source: 'tasks' };
}

async function chainFigures(reads: Reads, asked: Asked): Promise<readonly Figure[]> {
  const written = await countWritten(reads, asked);
  const incidents = await countWritten(reads, asked, 'incident');
  const explained = await countLeadingOn(reads, asked, { type: 'incident', kind: 'analysed-by' });
  const problems = await countWritten(reads, asked, 'problem');
  const solved = await countLeadingOn(reads, asked, { type: 'problem', kind: 'solved-by' });
  return [
    { id: 'new-entries', value: written, unit: 'count', of: written, source: 'entries' },
    { id: 'incidents', value: incidents, unit: 'count', of: incidents, source: 'entries' },
    share('incidents-explained', explained, incidents, 'links'),
    share('problems-solved', solved, problems, 'links'),
  ];
}

async function reviewFigure(reads: Reads, { scope }: Asked, today: string): Promise<Figure> {
  const { planned, overdue } = await countReviews(reads, scope, today);
  return share('in-time', planned - overdue, planned, 'entries');
}

function share(id: Figure['id'], part: number, of: number, source: Figure['source']): Figure {
  return { id, value: of === 0 ? null : part / of, unit: 'share', of, source };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
