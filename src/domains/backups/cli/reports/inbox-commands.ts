/** `kura backups inbox …`, `reporters`, `expect`: reports nobody claimed, who reports, and when runs are due. */
import { z } from 'zod';

import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, defineCommand, table } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';

const define = defineCommand<Backups>();
const claimInput = {
  tool: contract.reportedToolSchema,
  name: z.string().min(1),
  copyName: z.string().min(1).optional(),
};
const claimParts = {
  arguments: [
    { name: 'tool', required: true },
    { name: 'name', required: true },
  ],
  remote: true,
} as const;

const listCommand = define({
  words: ['backups', 'inbox', 'list'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listUnclaimed, { query: {} });
    out.result({ items }, () =>
      items.length === 0
        ? translator.text('cli.backups.inbox.list.empty')
        : table(
            items.map(({ tool, name, copy, count, lastAt, reason }) => [
              tool,
              copy === null ? name : `${name} / ${copy}`,
              translator.number(count),
              translator.time(lastAt),
              reason.text,
            ]),
          ),
    );
    return 0;
  },
});

const assignCommand = define({
  words: ['backups', 'inbox', 'assign'],
  ...claimParts,
  options: [{ flags: '--copy-name <name>' }, { flags: '--to-job <key>' }, { flags: '--to-copy <name>' }],
  input: z.strictObject({ ...claimInput, toJob: contract.jobKeySchema, toCopy: contract.copyNameSchema }),
  async run({ tool, name, copyName, toJob, toCopy }, { call, out, translator }) {
    const body = { tool, name, copy: copyName ?? null, toJob, toCopy };
    const done = await call(contract.assignReports, { body });
    out.result(done, () =>
      translator.text('cli.backups.inbox.assign.done', { ...done, place: `${toJob}/${toCopy}`, name }),
    );
    return 0;
  },
});

const adoptCommand = define({
  words: ['backups', 'inbox', 'adopt'],
  ...claimParts,
  options: [
    { flags: '--copy-name <name>' },
    { flags: '--key <key>' },
    { flags: '--site <site>' },
    { flags: '--copy-site <site>' },
    { flags: '--media <kind>' },
    { flags: '--every <hours>' },
  ],
  input: z.strictObject({
    ...claimInput,
    key: contract.jobKeySchema.optional(),
    site: contract.siteSchema.optional(),
    copySite: contract.siteSchema.optional(),
    media: contract.mediaKindSchema.optional(),
    every: z.coerce.number().min(1).optional(),
  }),
  async run({ tool, name, copyName, every, ...wanted }, { call, out, translator }) {
    const body = { tool, name, copy: copyName ?? null, ...withoutUndefined({ ...wanted, everyHours: every }) };
    const done = await call(contract.adoptReports, { body });
    const place = `${done.job}/${done.copy}`;
    out.result(done, () => translator.text('cli.backups.inbox.assign.done', { ...done, place, name }));
    return 0;
  },
});

const dismissCommand = define({
  words: ['backups', 'inbox', 'dismiss'],
  ...claimParts,
  options: [{ flags: '--copy-name <name>' }, { flags: '--always' }],
  input: z.strictObject({ ...claimInput, always: z.boolean().default(false) }),
  async run({ tool, name, copyName, always }, { call, out, translator }) {
    const done = await call(contract.dismissReports, { body: { tool, name, copy: copyName ?? null, always } });
    out.result(done, () => translator.text('cli.backups.inbox.dismiss.done', { ...done, name }));
    return 0;
  },
});

const namesCommand = define({
  words: ['backups', 'inbox', 'names'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listReportNames, { query: {} });
    out.result({ items }, () =>
      items.length === 0
        ? translator.text('cli.backups.inbox.names.empty')
        : table(
            items.map(({ tool, name, copy, place, since }) => [
              tool,
              copy === null ? name : `${name} / ${copy}`,
              place === null ? translator.text('cli.backups.inbox.names.ignored') : `${place.job}/${place.copy}`,
              translator.time(since),
            ]),
          ),
    );
    return 0;
  },
});

const forgetCommand = define({
  words: ['backups', 'inbox', 'forget'],
  ...claimParts,
  options: [{ flags: '--copy-name <name>' }],
  input: z.strictObject(claimInput),
  async run({ tool, name, copyName }, { call, out, translator }) {
    await call(contract.forgetReportName, { body: { tool, name, copy: copyName ?? null } });
    out.result({ tool, name }, () => translator.text('cli.backups.inbox.forget.done', { name }));
    return 0;
  },
});

const reportersCommand = define({
  words: ['backups', 'reporters'],
  options: [{ flags: '--forget <reporter>' }],
  remote: true,
  input: z.strictObject({ forget: z.string().min(1).optional() }),
  async run({ forget }, { call, out, translator }) {
    if (forget !== undefined) {
      await call(contract.forgetReporter, { params: { reporter: forget } });
      out.result({ reporter: forget }, () => translator.text('cli.backups.reporters.forgotten', { reporter: forget }));
      return 0;
    }
    const { items } = await call(contract.listReporters);
    out.result({ items }, () =>
      items.length === 0
        ? translator.text('cli.backups.reporters.empty')
        : table(
            items.map(({ reporter, tool, host, lastSeenAt, silentSince, waiting }) => [
              reporter,
              tool,
              host ?? '–',
              translator.time(lastSeenAt),
              translator.text(silentSince === null ? 'backups.reporter-heard' : 'backups.reporter-silent'),
              waiting === 0 ? '' : translator.text('backups.reporter-waiting', { count: waiting }),
            ]),
          ),
    );
    return 0;
  },
});

const expectCommand = define({
  words: ['backups', 'expect'],
  arguments: [{ name: 'job', required: true }],
  options: [
    { flags: '--cron <pattern>' },
    { flags: '--zone <name>' },
    { flags: '--grace <minutes>' },
    { flags: '--by-interval' },
    { flags: '--calendar <name>' },
  ],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    cron: z.string().min(1).optional(),
    zone: z.string().min(1).optional(),
    grace: z.coerce.number().int().min(1).optional(),
    byInterval: z.boolean().default(false),
    calendar: contract.calendarKeySchema.optional(),
  }),
  async run({ job, cron, zone, grace, byInterval, calendar }, { call, out, translator }) {
    const params = { key: job };
    const before = await call(contract.readExpectation, { params });
    const changed = {
      cron: byInterval ? null : (cron ?? before.cron),
      zone: zone ?? before.zone,
      graceMinutes: grace ?? before.graceMinutes,
      skipHolidays: calendar ?? before.skipHolidays,
    };
    const isQuestion = [cron, zone, grace, calendar].every((one) => one === undefined) && !byInterval;
    const now = isQuestion ? before : await call(contract.setExpectation, { params, body: changed });
    out.result(now, () => {
      const rule = now.cron === null ? 'cli.backups.expect.interval' : 'cli.backups.expect.pattern';
      const awaited = now.awaited.flatMap(({ copy, by }) =>
        by === null ? [] : [translator.text('cli.backups.expect.awaited', { copy, time: translator.time(by) })],
      );
      return [translator.text(rule, { job, cron: now.cron, zone: now.zone }), ...awaited].join('\n');
    });
    return 0;
  },
});

export const inboxCommands: ReadonlyArray<Command<Backups>> = [
  listCommand,
  assignCommand,
  adoptCommand,
  dismissCommand,
  namesCommand,
  forgetCommand,
  reportersCommand,
  expectCommand,
];
