/**
 * Work by time (P-021): schedules in the database, exactly one node turning them into durable jobs, next run visible,
 * manual trigger, catch-up after downtime. Patterns are croner's, in an IANA zone: a time that falls into a spring gap
 * runs right after the gap, one that happens twice in autumn runs once.
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { nextRun } from './next-run.ts';
export {
  type CatchUp,
  defineSchedule,
  type ScheduleDefinition,
  type ScheduleRun,
  type ScheduleView,
  type Timing,
} from './schedule-definition.ts';
export { scheduleRoutes } from './schedule-routes.ts';
export { scheduleMigrations } from './schedule-tables.ts';
export { createScheduler, type Scheduler, scheduleMetrics } from './scheduler.ts';
export { startScheduleTicker, type TickerOptions } from './ticker.ts';
export const scheduleMessages: Catalogues = { en, ja };
