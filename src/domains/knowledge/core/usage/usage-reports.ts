/** How the knowledge base is used and what is missing in it (K-012, K-083, K-163…K-165), from events only. */
import type { Clock } from '#kernel/clock';
import { DAY } from '#kernel/units';
import type { Database } from '#platform/db';

import { entryTypes, type KnowledgeGaps, type KnowledgeUsage } from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { listUnanswered } from '../../store/unanswered-store.ts';
import {
  countReviews,
  doubtedEntries,
  overdueEntries,
  publishedByType,
  writtenByDay,
} from '../../store/upkeep-figures.ts';
import { mostUsed, neverOpened, searchesByDay, unused, usesByDay, usesByType } from '../../store/usage-store.ts';
import { type Reader, scopeOf } from '../entries/reading-scope.ts';
import { dayOf, lastDays } from './period.ts';
import { recommendationsFor } from './recommendations.ts';
import { textOverview } from './text-overview.ts';
import { usageFigures } from './usage-figures.ts';
import type { UseNotes } from './use-notes.ts';

export interface UsageReports {
  /** Of the last `days` days, today included. */
  usage(reader: Reader, days: number): Promise<KnowledgeUsage>;
  gaps(reader: Reader, days: number): Promise<KnowledgeGaps>;
}

export interface UsageReportsDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly notes: Pick<UseNotes, 'flush'>;
  readonly isNoted: () => boolean;
}

const mostListed = 20;

export function createUsageReports({ database, clock, notes, isNoted }: UsageReportsDeps): UsageReports {
  return {
    async usage(reader, days) {
      await notes.flush();
      const reads = database.tables<KnowledgeTables>();
      const scope = scopeOf(reader);
      const now = clock.now();
      const period = lastDays(now, days);
      const asked = { ...period, scope };
      const before = { ...lastDays(now - days * DAY, days), scope };
      const viewed = { ...asked, action: 'view' } as const;
      const figures = await usageFigures(reads, asked, before, dayOf(now));
      const texts = await textOverview(reads, scope);
      return {
        ...period,
        noted: isNoted(),
        figures,
        popular: await mostUsed(reads, viewed, mostListed),
        unread: await unused(reads, viewed, mostListed),
        days: joinedDays({
          searched: await searchesByDay(reads, period),
          views: await usesByDay(reads, viewed),
          incidents: await writtenByDay(reads, asked, 'incident'),
        }),
        texts,
        recommendations: recommendationsFor(figures, texts, days),
      };
    },

    async gaps(reader, days) {
      await notes.flush();
      const reads = database.tables<KnowledgeTables>();
      const scope = scopeOf(reader);
      const now = clock.now();
      const period = lastDays(now, days);
      const today = dayOf(now);
      const { overdue } = await countReviews(reads, scope, today);
      const entries = await publishedByType(reads, scope);
      const views = await usesByType(reads, { ...period, scope, action: 'view' });
      return {
        ...period,
        noted: isNoted(),
        withoutHit: await listUnanswered(reads, mostListed, period.from),
        neverOpened: await neverOpened(reads, period, mostListed),
        doubted: await doubtedEntries(reads, scope, mostListed),
        overdue: { total: overdue, items: await overdueEntries(reads, scope, { today, limit: mostListed }) },
        coverage: entryTypes.map((type) => ({ type, entries: entries.get(type) ?? 0, views: views.get(type) ?? 0 })),
      };
    },
  };
}

interface CountedDays {
  readonly searched: Awaited<ReturnType<typeof searchesByDay>>;
  readonly views: ReadonlyMap<string, number>;
  readonly incidents: ReadonlyMap<string, number>;
}

function joinedDays({ searched, views, incidents }: CountedDays): KnowledgeUsage['days'] {
  const days = [...new Set([...searched.keys(), ...views.keys(), ...incidents.keys()])].toSorted();
  return days.map((day) => ({
    day,
    searches: searched.get(day)?.searches ?? 0,
    withoutHit: searched.get(day)?.withoutHit ?? 0,
    views: views.get(day) ?? 0,
    incidents: incidents.get(day) ?? 0,
  }));
}
