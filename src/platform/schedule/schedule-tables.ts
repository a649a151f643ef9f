/** The schedule tables and how their rows become what screens show. */
import type { Selectable } from 'kysely';

import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Migration } from '#platform/db';

import type { CatchUp, Overlap, ScheduleRun, ScheduleView, Timing } from './schedule-definition.ts';

export interface ScheduleTables {
  kura_schedules: {
    id: string;
    job: string;
    payload: string;
    cron: string | null;
    zone: string | null;
    every_ms: number | null;
    catch_up: CatchUp;
    overlap: Overlap;
    enabled: number;
    next_run: Instant | null;
    last_run: Instant | null;
    fault: string | null;
    created_at: Instant;
  };
  kura_schedule_runs: {
    id: string;
    job_id: string;
    skipped: number;
    schedule_id: string;
    trigger: ScheduleRun['trigger'];
    planned_at: Instant;
    enqueued_at: Instant;
  };
  /** One row: who turns times into jobs at present. */
  kura_schedule_leader: { name: string; holder: string; until: Instant };
}

export type ScheduleRow = Selectable<ScheduleTables['kura_schedules']>;

export const scheduleMigrations: readonly Migration[] = [
  {
    id: 'schedule-0001-schedules',
    up: async (db, dialect) => {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'kura_schedules')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('job', type.text, (column) => column.notNull())
        .addColumn('payload', type.json, (column) => column.notNull())
        .addColumn('cron', type.text)
        .addColumn('zone', type.text)
        .addColumn('every_ms', type.bigint)
        .addColumn('catch_up', type.text, (column) => column.notNull())
        .addColumn('overlap', type.text, (column) => column.notNull())
        .addColumn('enabled', type.flag, (column) => column.notNull())
        .addColumn('next_run', type.instant)
        .addColumn('last_run', type.instant)
        .addColumn('fault', type.text)
        .addColumn('created_at', type.instant, (column) => column.notNull())
        .execute();
      await db.schema.createIndex('kura_schedules_due').on('kura_schedules').columns(['enabled', 'next_run']).execute();
      await createTable(db, dialect, 'kura_schedule_runs')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('job_id', type.text, (column) => column.notNull())
        .addColumn('skipped', type.flag, (column) => column.notNull())
        .addColumn('schedule_id', type.text, (column) =>
          column.notNull().references('kura_schedules.id').onDelete('cascade'),
        )
        .addColumn('trigger', type.text, (column) => column.notNull())
        .addColumn('planned_at', type.instant, (column) => column.notNull())
        .addColumn('enqueued_at', type.instant, (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('kura_schedule_runs_of')
        .on('kura_schedule_runs')
        .columns(['schedule_id', 'enqueued_at'])
        .execute();
      await createTable(db, dialect, 'kura_schedule_leader')
        .addColumn('name', type.text, (column) => column.primaryKey().notNull())
        .addColumn('holder', type.text, (column) => column.notNull())
        .addColumn('until', type.instant, (column) => column.notNull())
        .execute();
    },
  },
];

export function timingColumns(timing: Timing) {
  return timing.kind === 'cron'
    ? { cron: timing.cron, zone: timing.zone, every_ms: null }
    : { cron: null, zone: null, every_ms: timing.everyMs };
}

export function timingOf({ cron, zone, every_ms }: Pick<ScheduleRow, 'cron' | 'zone' | 'every_ms'>): Timing {
  if (cron !== null && zone !== null) return { kind: 'cron', cron, zone };
  return { kind: 'interval', everyMs: every_ms ?? 0 };
}

export function scheduleView(row: ScheduleRow): ScheduleView {
  return {
    id: row.id,
    job: row.job,
    timing: timingOf(row),
    catchUp: row.catch_up,
    overlap: row.overlap,
    enabled: row.enabled === 1,
    nextRun: row.enabled === 1 ? row.next_run : null,
    lastRun: row.last_run,
    fault: row.fault,
  };
}
