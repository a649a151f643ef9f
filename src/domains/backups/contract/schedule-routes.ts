/** Routes of schedules and their calendars. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { jobKeySchema } from './job-shapes.ts';
import {
  calendarBodySchema,
  calendarKeySchema,
  calendarSchema,
  hooksSchema,
  scheduleBodySchema,
  scheduleSchema,
} from './schedule-shapes.ts';

const keyParams = z.strictObject({ key: jobKeySchema });
const calendarParams = z.strictObject({ calendar: calendarKeySchema });

export const listBackupSchedules = defineRoute({
  id: 'backups.list-schedules',
  method: 'GET',
  path: '/api/v1/backups/schedules',
  access: 'backups:read',
  output: z.object({ items: z.array(scheduleSchema) }),
});

export const readBackupSchedule = defineRoute({
  id: 'backups.read-schedule',
  method: 'GET',
  path: '/api/v1/backups/jobs/:key/schedule',
  access: 'backups:read',
  params: keyParams,
  /** Null: the job runs only when somebody starts it. */
  output: z.object({ schedule: scheduleSchema.nullable() }),
  errors: ['backups.job-not-found'],
});

export const putBackupSchedule = defineRoute({
  id: 'backups.put-schedule',
  method: 'PUT',
  path: '/api/v1/backups/jobs/:key/schedule',
  access: 'backups:run',
  params: keyParams,
  body: scheduleBodySchema,
  output: scheduleSchema,
  errors: [
    'backups.job-not-found',
    'backups.job-archived',
    'backups.calendar-not-found',
    'backups.schedule-circle',
    'schedule.bad-timing',
  ],
});

export const removeBackupSchedule = defineRoute({
  id: 'backups.remove-schedule',
  method: 'DELETE',
  path: '/api/v1/backups/jobs/:key/schedule',
  access: 'backups:run',
  params: keyParams,
  output: z.object({ job: jobKeySchema }),
  errors: ['backups.job-not-found', 'backups.schedule-not-found'],
});

/** Starts programs on the server, so it takes the right to configure it. */
export const putBackupHooks = defineRoute({
  id: 'backups.put-hooks',
  method: 'PUT',
  path: '/api/v1/backups/jobs/:key/schedule/hooks',
  access: 'system:configure',
  params: keyParams,
  body: hooksSchema,
  output: scheduleSchema,
  errors: ['backups.job-not-found', 'backups.schedule-not-found', 'backups.program-not-allowed'],
});

/** Checks a pattern before it is saved. */
export const previewBackupSchedule = defineRoute({
  id: 'backups.preview-schedule',
  method: 'POST',
  path: '/api/v1/backups/schedules/preview',
  access: 'backups:read',
  body: scheduleBodySchema,
  output: z.object({ zone: z.string(), nextRuns: z.array(z.iso.datetime()) }),
  errors: ['schedule.bad-timing', 'backups.calendar-not-found'],
});

export const listBackupCalendars = defineRoute({
  id: 'backups.list-calendars',
  method: 'GET',
  path: '/api/v1/backups/calendars',
  access: 'backups:read',
  output: z.object({ items: z.array(calendarSchema) }),
});

/** The whole list; an empty one removes the calendar. */
export const putBackupCalendar = defineRoute({
  id: 'backups.put-calendar',
  method: 'PUT',
  path: '/api/v1/backups/calendars/:calendar',
  access: 'backups:run',
  params: calendarParams,
  body: calendarBodySchema,
  output: calendarSchema,
  errors: ['backups.calendar-in-use'],
});
