/** Schedules: kept beside their jobs, carried out by the platform's scheduler. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { CalendarBody, CalendarView, Hooks, ScheduleBody, ScheduleView } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobs, updateJob } from '../../store/register-store.ts';
import {
  deleteSchedule,
  findHolidays,
  findSchedule,
  findSchedules,
  type StoredSchedule,
  saveSchedule,
} from '../../store/schedule-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { changeRegister } from '../register/change-register.ts';
import { requireJob } from '../register/find-registered.ts';
import { isPaused, type Job } from '../register/protected-job.ts';
import { requireAllowedProgram } from '../sources/allowed-program.ts';
import { type Holidays, longestPauseHours, nextTimes } from './due-times.ts';
import { listCalendars, putCalendar, requireHolidays } from './holidays.ts';
import { definitionOf } from './schedule-job.ts';

export interface Schedules {
  /** Of all jobs that are not archived. */
  list(): Promise<readonly ScheduleView[]>;
  /** Null: the job runs only when somebody starts it. @throws KuraError `backups.job-not-found`. */
  read(job: string): Promise<ScheduleView | null>;
  /** @throws KuraError `schedule.bad-timing`, `backups.calendar-not-found`, `backups.schedule-circle`. */
  put(actor: Actor, job: string, schedule: ScheduleBody): Promise<ScheduleView>;
  /** @throws KuraError `backups.schedule-not-found`, `backups.program-not-allowed`. */
  putHooks(actor: Actor, job: string, hooks: Hooks): Promise<ScheduleView>;
  /** @throws KuraError `backups.schedule-not-found`. */
  remove(actor: Actor, job: string): Promise<void>;
  /** @throws KuraError `schedule.bad-timing`, `backups.calendar-not-found`. */
  preview(schedule: ScheduleBody): Promise<{ readonly zone: string; readonly nextRuns: readonly string[] }>;
  calendars(): Promise<readonly CalendarView[]>;
  /** The whole list; an empty one removes the calendar. @throws KuraError `backups.calendar-in-use`. */
  putCalendar(actor: Actor, calendar: string, days: CalendarBody): Promise<CalendarView>;
}

/** Five are shown (B-073). */
const timesShown = 5;

export function createSchedules(context: BackupsContext): Schedules {
  const { clock } = context;
  function reads() {
    return context.database.tables<BackupsTables>();
  }
  async function viewOf(job: Job, schedule: StoredSchedule): Promise<ScheduleView> {
    return view(job, schedule, await requireHolidays(reads(), schedule.rules.skipHolidays), clock.now());
  }

  return {
    async list() {
      const jobs = new Map((await findJobs(reads())).map((job) => [job.key, job]));
      const days = Map.groupBy(await findHolidays(reads()), ({ calendar }) => calendar);
      return (await findSchedules(reads())).flatMap((schedule) => {
        const job = jobs.get(schedule.job);
        const holidays = days.get(schedule.rules.skipHolidays ?? '') ?? [];
        return job === undefined ? [] : [view(job, schedule, new Set(holidays.map(({ day }) => day)), clock.now())];
      });
    },
    async read(key) {
      const job = await requireJob(context, key);
      const schedule = await findSchedule(reads(), key);
      return schedule === undefined ? null : await viewOf(job, schedule);
    },
    put: (actor, job, body) => putSchedule(context, actor, job, body),
    async putHooks(actor, key, hooks) {
      const job = await requireJob(context, key);
      const before = await requireSchedule(context, key);
      for (const hook of [hooks.before, hooks.after]) {
        const [program] = hook?.command ?? [];
        if (program !== undefined) await requireAllowedProgram(context.programs(), program);
      }
      const after = { ...before, hooks, updatedAt: nowInstant(clock) };
      await context.unitOfWork.write(actor, async (tx) => {
        await saveSchedule(tx.tables<BackupsTables>(), after);
        const changed = { before: { hooks: before.hooks }, after: { hooks } };
        await tx.audit({ action: 'backups.put-hooks', subject: subjectOf(job), result: 'done', ...changed });
      });
      return await viewOf(job, after);
    },
    remove: (actor, key) => removeSchedule(context, actor, key),
    async preview({ cron, zone = context.zone(), rules }) {
      const holidays = await requireHolidays(reads(), rules.skipHolidays);
      return { zone, nextRuns: nextTimes({ cron, zone }, holidays, clock.now(), timesShown) };
    },
    calendars: () => listCalendars(context),
    putCalendar: (actor, calendar, days) => putCalendar(context, actor, calendar, days),
  };
}

/** How often the job is expected to run follows from its schedule. */
async function putSchedule(
  context: BackupsContext,
  actor: Actor,
  key: string,
  { cron, zone = context.zone(), enabled, rules }: ScheduleBody,
): Promise<ScheduleView> {
  const { clock } = context;
  const reads = context.database.tables<BackupsTables>();
  const job = await requireJob(context, key);
  if (job.archivedAt !== null) throw new KuraError('conflict', 'backups.job-archived', { params: { job: key } });
  const holidays = await requireHolidays(reads, rules.skipHolidays);
  const everyHours = Math.min(8760, longestPauseHours({ cron, zone }, holidays, clock.now()));
  await requireNoCircle(context, key, rules.after);
  const before = await findSchedule(reads, key);
  const now = nowInstant(clock);
  const after: StoredSchedule = {
    job: key,
    id: before?.id ?? context.ids.next(),
    cron,
    zone,
    enabled,
    rules,
    hooks: before?.hooks ?? { before: null, after: null },
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
  await changeRegister(context, actor, job, async (tx) => {
    await saveSchedule(tx.tables<BackupsTables>(), after);
    await updateJob(tx.tables<BackupsTables>(), job, { ...job, everyHours, updatedAt: now });
    const definition = definitionOf(after);
    await context.scheduler.upsert(tx, definition);
    await context.scheduler.setEnabled(tx, definition.id, enabled);
    const was = before === undefined ? {} : { before: { cron: before.cron, zone: before.zone, ...before.rules } };
    await tx.audit({
      action: 'backups.put-schedule',
      subject: subjectOf(job),
      result: 'done',
      ...was,
      after: { cron, zone, enabled, everyHours, ...rules },
    });
  });
  return view(job, after, holidays, clock.now());
}

/** @throws KuraError `backups.job-not-found`, `backups.schedule-circle`: it would wait for itself. */
async function requireNoCircle(context: BackupsContext, key: string, after: string | null): Promise<void> {
  if (after === null) return;
  await requireJob(context, after);
  const schedules = await findSchedules(context.database.tables<BackupsTables>());
  const waitsFor = new Map(schedules.map(({ job, rules }) => [job, rules.after]));
  const path = [key];
  for (let next: string | null = after; next !== null; next = waitsFor.get(next) ?? null) {
    path.push(next);
    if (next === key) {
      throw new KuraError('invalid', 'backups.schedule-circle', { params: { path: path.join(' → ') } });
    }
    if (path.length > waitsFor.size + 2) return;
  }
}

function view(job: Job, schedule: StoredSchedule, holidays: Holidays, now: number): ScheduleView {
  const { id: _internal, ...facts } = schedule;
  const runs = schedule.enabled && !isPaused(job, now) && job.archivedAt === null;
  const nextRuns = runs ? [...nextTimes(schedule, holidays, now, timesShown)] : [];
  return { ...facts, title: job.title, nextRuns };
}

function subjectOf({ key, title }: Job) {
  return { kind: 'backup-job', id: key, name: title };
}

async function removeSchedule(context: BackupsContext, actor: Actor, key: string): Promise<void> {
  const job = await requireJob(context, key);
  const schedule = await requireSchedule(context, key);
  await context.unitOfWork.write(actor, async (tx) => {
    await deleteSchedule(tx.tables<BackupsTables>(), key);
    await context.scheduler.remove(tx, definitionOf(schedule).id);
    await tx.audit({ action: 'backups.remove-schedule', subject: subjectOf(job), result: 'done' });
  });
}

async function requireSchedule({ database }: BackupsContext, job: string): Promise<StoredSchedule> {
  const schedule = await findSchedule(database.tables<BackupsTables>(), job);
  if (schedule !== undefined) return schedule;
  throw new KuraError('not-found', 'backups.schedule-not-found', { params: { job } });
}
