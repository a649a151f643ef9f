/** `kura notify`: who is told of what, and by which way. */
import { text as textOf } from 'node:stream/consumers';

import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';

const define = defineCommand<unknown>();
type Context = CommandContext<unknown>;
const named = { arguments: [{ name: 'name', required: true }], remote: true } as const;
const nameInput = z.strictObject({ name: z.string().min(1) });
const nothing = z.strictObject({});

const channels = define({
  words: ['notify', 'channels'],
  remote: true,
  input: nothing,
  run: async (_input, { call, out, translator }) => {
    const answer = await call(contract.listChannels);
    const rows = answer.items.map((one) => [one.name, one.kind, one.host, one.minSeverity, healthOf(one, translator)]);
    out.result(answer, () => (rows.length === 0 ? translator.text('cli.notify.channels.empty') : table(rows)));
    return undefined;
  },
});

function healthOf({ enabled, health }: contract.ChannelView, { text }: Translator): string {
  if (!enabled) return text('cli.notify.channels.off');
  const { failures, lastReason, lastSentAt } = health;
  if (failures > 0) return text('cli.notify.channels.failing', { count: failures, reason: lastReason ?? '–' });
  return text(lastSentAt === null ? 'cli.notify.channels.unused' : 'cli.notify.channels.works');
}

const channel = define({
  words: ['notify', 'channel'],
  ...named,
  options: [
    { flags: '--kind <kind>' },
    { flags: '--language <language>' },
    { flags: '--min-severity <severity>' },
    { flags: '--keep-address' },
    { flags: '--off' },
  ],
  input: z.strictObject({
    name: z.string().min(1),
    kind: z.enum(contract.channelKinds),
    language: z.enum(['ja', 'en']).optional(),
    minSeverity: contract.severitySchema.default('info'),
    keepAddress: z.boolean().default(false),
    off: z.boolean().default(false),
  }),
  run: async ({ name, kind, language, minSeverity, keepAddress, off }, { call, out, translator, globals }) => {
    // An address is as good as a password: on the command line others could read it.
    const address = keepAddress ? {} : { url: (await textOf(process.stdin)).trim() };
    const body = { kind, ...address, enabled: !off, language: language ?? globals.language, minSeverity };
    const saved = await call(contract.saveChannel, { params: { name }, body });
    out.result(saved, () => {
      const done = translator.text('cli.notify.channel.done', { name });
      const { secret } = saved;
      return secret === null ? done : `${done}\n${translator.text('cli.notify.channel.secret', { secret })}`;
    });
    return undefined;
  },
});

const test = define({
  words: ['notify', 'test'],
  ...named,
  input: nameInput,
  run: async (params, { call, out, translator }) => {
    const answer = await call(contract.testChannel, { params });
    out.result(answer, () => translator.text('cli.notify.test.done', answer));
    return undefined;
  },
});

const renewSecret = define({
  words: ['notify', 'renew-secret'],
  ...named,
  options: [{ flags: '--overlap-hours <n>' }],
  input: nameInput.extend({ overlapHours: z.coerce.number().int().min(0).max(720).default(24) }),
  run: async ({ name, overlapHours }, { call, out, translator }) => {
    const renewed = await call(contract.renewChannelSecret, { params: { name }, body: { overlapHours } });
    const facts = { secret: renewed.secret, until: translator.time(renewed.previousUntil) };
    out.result(renewed, () => translator.text('cli.notify.renew-secret.done', facts));
    return undefined;
  },
});

const routes = define({
  words: ['notify', 'routes'],
  remote: true,
  input: nothing,
  run: async (_input, { call, out, translator }) => {
    const answer = await call(contract.listRules);
    const rows = answer.items.map((one) => [
      one.name,
      one.enabled ? `${one.minSeverity}+` : translator.text('cli.notify.channels.off'),
      String(one.level),
      one.kinds.join(' ') || '*',
      one.targets.join(' '),
    ]);
    out.result(answer, () => (rows.length === 0 ? translator.text('cli.notify.routes.empty') : table(rows)));
    return undefined;
  },
});

const words = z.array(z.string().min(1)).default([]);

const route = define({
  words: ['notify', 'route'],
  ...named,
  options: [
    { flags: '--to <target...>' },
    { flags: '--min-severity <severity>' },
    { flags: '--kind <kind...>' },
    { flags: '--subject <name...>' },
    { flags: '--tag <tag...>' },
    { flags: '--site <site...>' },
    { flags: '--level <n>' },
    { flags: '--off' },
  ],
  input: z.strictObject({
    name: z.string().min(1),
    to: z.array(z.string().min(1)).min(1),
    minSeverity: contract.severitySchema.default('warning'),
    kind: words,
    subject: words,
    tag: words,
    site: words,
    level: z.coerce.number().int().min(0).max(contract.deepestLevel).default(0),
    off: z.boolean().default(false),
  }),
  run: async ({ name, to, kind, subject, tag, site, off, ...rest }, { call, out, translator }) => {
    const conditions = { kinds: kind, subjects: subject, tags: tag, sites: site };
    const body = { ...rest, ...conditions, enabled: !off, targets: to };
    const saved = await call(contract.saveRule, { params: { name }, body });
    out.result(saved, () => translator.text('cli.notify.route.done', { name }));
    return undefined;
  },
});

const groups = define({
  words: ['notify', 'groups'],
  remote: true,
  input: nothing,
  run: async (_input, { call, out, translator }) => {
    const answer = await call(contract.listGroups);
    const rows = answer.items.map(({ name, members }) => [name, members.join(' ')]);
    out.result(answer, () => (rows.length === 0 ? translator.text('cli.notify.groups.empty') : table(rows)));
    return undefined;
  },
});

const group = define({
  words: ['notify', 'group'],
  ...named,
  options: [{ flags: '--member <target...>' }],
  input: nameInput.extend({ member: z.array(z.string().min(1)).min(1) }),
  run: async ({ name, member }, { call, out, translator }) => {
    const saved = await call(contract.saveGroup, { params: { name }, body: { members: member } });
    out.result(saved, () => translator.text('cli.notify.group.done', { name }));
    return undefined;
  },
});

const log = define({
  words: ['notify', 'log'],
  remote: true,
  options: [{ flags: '--state <state>' }, { flags: '--target <target>' }, { flags: '--limit <n>' }],
  input: contract.listDeliveries.query,
  run: async (query, { call, out, translator }) => {
    const answer = await call(contract.listDeliveries, { query });
    const rows = answer.items.map((one) => [
      one.id,
      one.createdAt,
      one.target,
      translator.text(`cli.notify.log.state.${one.state}`),
      String(one.attempts),
      one.title,
      one.lastReason ?? one.lastError ?? '–',
    ]);
    out.result(answer, () => (rows.length === 0 ? translator.text('cli.notify.log.empty') : table(rows)));
    return undefined;
  },
});

const retry = define({
  words: ['notify', 'retry'],
  arguments: [{ name: 'id', required: true }],
  remote: true,
  input: z.strictObject({ id: z.string().min(1) }),
  run: async (params, { call, out, translator }) => {
    const answer = await call(contract.retryDelivery, { params });
    out.result(answer, () => translator.text('cli.notify.retry.done', answer));
    return undefined;
  },
});

type Removal = (context: Context, params: { readonly name: string }) => Promise<{ readonly name: string }>;

function removal(word: 'remove-channel' | 'remove-route' | 'remove-group', remove: Removal): Command<unknown> {
  return define({
    words: ['notify', word],
    ...named,
    input: nameInput,
    run: async (params, context) => {
      const removed = await remove(context, params);
      context.out.result(removed, () => context.translator.text(`cli.notify.${word}.done`, removed));
      return undefined;
    },
  });
}

export const notifyCommands: readonly Command<unknown>[] = [
  channels,
  channel,
  test,
  renewSecret,
  removal('remove-channel', ({ call }, params) => call(contract.removeChannel, { params })),
  routes,
  route,
  removal('remove-route', ({ call }, params) => call(contract.removeRule, { params })),
  groups,
  group,
  removal('remove-group', ({ call }, params) => call(contract.removeGroup, { params })),
  log,
  retry,
];
