/**
 * Rotation calendars: which medium of a set is due on which day. Pure functions of days (`YYYY-MM-DD`), without clock,
 * zone or memory: a day that nobody changed media on moves nothing after it.
 */
export { addMonths, dayNumber, dayOf, type Weekday, weekdayOf } from './calendar-day.ts';
export { positionsOf, restDays } from './positions.ts';
export type { CycleScheme, GfsScheme, HanoiScheme, RotationPlan, RotationScheme, Turn } from './rotation-plan.ts';
export { turnOn, turnsBetween } from './turns.ts';
