/** `kura backups schedule …` and `kura backups calendar …`: when the copies of a job are made by themselves. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';

const define = defineCommand<Backups>();
const jobArgument = { name: 'job', required: true } as const;

const listCommand = define({
  words: ['backups', 'schedule', 'list'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listBackupSchedules);
    out.result({ items }, () => renderSchedules(items, translator));
    return 0;
  },
});

const windowSchema = z
  .string()
  .regex(/^\d\d:\d\d-\d\d:\d\d$/)
  .transform((text) => ({ from: text.slice(0, 5), to: text.slice(6) }));
const none = z.literal('none').transform(() => null);

const setCommand = define({
  words: ['backups', 'schedule', 'set'],
  arguments: [jobArgument],
  options: [
    { flags: '--cron <pattern>' },
    { flags: '--zone <zone>' },
    { flags: '--window <times>' },
    { flags: '--skip-holidays <calendar>' },
    { flags: '--catch-up <manner>' },
    { flags: '--after <job>' },
    { flags: '--wait <minutes>' },
    { flags: '--retries <n>' },
    { flags: '--retry-minutes <minutes>' },
    { flags: '--off' },
  ],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    cron: z.string().min(1),
    zone: z.string().optional(),
    window: z.union([none, windowSchema]).optional(),
    skipHolidays: z.union([none, contract.calendarKeySchema]).optional(),
    catchUp: z.enum(['once', 'skip']).optional(),
    after: z.union([none, contract.jobKeySchema]).optional(),
    wait: z.coerce.number().int().optional(),
    retries: z.coerce.number().int().optional(),
    retryMinutes: z.coerce.number().int().optional(),
    off: z.boolean().default(false),
  }),
  async run({ job: key, cron, zone, off, wait: waitMinutes, ...rules }, { call, out, translator }) {
    const given = Object.entries({ ...rules, waitMinutes }).filter(([, value]) => value !== undefined);
    const body = {
      cron,
      ...(zone === undefined ? {} : { zone }),
      enabled: !off,
      rules: Object.fromEntries(given),
    };
    const schedule = await call(contract.putBackupSchedule, { params: { key }, body });
    out.result(schedule, () => renderSchedules([schedule], translator));
    return 0;
  },
});

const removeCommand = define({
  words: ['backups', 'schedule', 'remove'],
  arguments: [jobArgument],
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema }),
  async run({ job: key }, { call, out, translator }) {
    const removed = await call(contract.removeBackupSchedule, { params: { key } });
    out.result(removed, () => translator.text('cli.backups.schedule.remove.done', { job: key }));
    return 0;
  },
});

const hooksCommand = define({
  words: ['backups', 'schedule', 'hooks'],
  arguments: [jobArgument],
  options: [{ flags: '--before <word...>' }, { flags: '--after <word...>' }],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    before: z.array(z.string()).optional(),
    after: z.array(z.string()).optional(),
  }),
  async run({ job: key, before, after }, { call, out, translator }) {
    const body = {
      before: before === undefined ? null : { command: before },
      after: after === undefined ? null : { command: after },
    };
    const schedule = await call(contract.putBackupHooks, { params: { key }, body });
    out.result(schedule, () => renderSchedules([schedule], translator));
    return 0;
  },
});

const calendarsCommand = define({
  words: ['backups', 'calendar', 'list'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listBackupCalendars);
    out.result({ items }, () =>
      items.length === 0
        ? translator.text('cli.backups.calendar.empty')
        : items
            .map(({ key, days }) => translator.text('cli.backups.calendar.days', { key, days: days.length }))
            .join('\n'),
    );
    return 0;
  },
});

const calendarCommand = define({
  words: ['backups', 'calendar', 'set'],
  arguments: [
    { name: 'calendar', required: true },
    { name: 'file', required: false },
  ],
  options: [{ flags: '--country <code>' }],
  remote: true,
  input: z.strictObject({
    calendar: contract.calendarKeySchema,
    file: z.string().min(1).optional(),
    country: z.enum(contract.holidayCountries).optional(),
  }),
  async run({ calendar, file, country }, { call, out, translator }) {
    if (file === undefined && country === undefined) throw new KuraError('invalid', 'backups.calendar-empty');
    const lines = (file === undefined ? '' : await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
    const days = lines.flatMap((line) => {
      if (line === '' || line.startsWith('#')) return [];
      return [{ day: line.slice(0, 10), title: line.slice(10).trim() }];
    });
    const body = { days, ...(country === undefined ? {} : { country }) };
    const saved = await call(contract.putBackupCalendar, { params: { calendar }, body });
    out.result(saved, () => translator.text('cli.backups.calendar.days', { key: calendar, days: saved.days.length }));
    return 0;
  },
});

export const scheduleCommands: ReadonlyArray<Command<Backups>> = [
  listCommand,
  setCommand,
  removeCommand,
  hooksCommand,
  calendarsCommand,
  calendarCommand,
];

function renderSchedules(items: readonly contract.ScheduleView[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.backups.schedule.empty');
  const rows = items.map(({ job, cron, zone, enabled, nextRuns }) => [
    job,
    cron,
    zone,
    nextRuns[0] === undefined
      ? translator.text(`cli.backups.schedule.${enabled ? 'paused' : 'off'}`)
      : translator.time(nextRuns[0]),
  ]);
  const heads = ['job', 'cron', 'zone', 'next'].map((head) => translator.text(`backups.column-${head}`));
  return table([heads, ...rows]);
}
