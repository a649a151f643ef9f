/** `kura users`: accounts and invitations. */
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, table } from '#platform/cli';
import type { RouteCall, RouteContract, RouteOutput } from '#platform/contract';
import type { AccountView } from '../contract/index.ts';
import * as contract from '../contract/index.ts';
import { linkUrl } from './links.ts';

const define = defineCommand<unknown>();
const named = { arguments: [{ name: 'user', required: true }], remote: true } as const;
const user = z.string().min(1);
const baseUrl = z.url({ protocol: /^https?$/ }).optional();

export const userCommands: readonly Command<unknown>[] = [
  define({
    words: ['users', 'list'],
    remote: true,
    options: [{ flags: '--search <text>' }, { flags: '--role <role>' }],
    input: z.strictObject({ search: z.string().optional(), role: z.string().optional() }),
    run: async (query, context) => {
      const { items } = await context.call(contract.listUsers, { query: { ...query, limit: 500 } });
      context.out.result({ items }, () =>
        items.length === 0
          ? context.translator.text('cli.users.list.empty')
          : table(items.map((one) => accountLine(one, context))),
      );
      return undefined;
    },
  }),
  define({
    words: ['users', 'create'],
    ...named,
    options: [
      { flags: '--role <role>' },
      { flags: '--email <address>' },
      { flags: '--full-name <name>' },
      { flags: '--password-file <path>' },
      { flags: '--base-url <url>' },
    ],
    input: z.strictObject({
      user,
      role: z.string().min(1).default('viewer'),
      email: z.string().optional(),
      fullName: z.string().optional(),
      passwordFile: z.string().min(1).optional(),
      baseUrl,
    }),
    run: async ({ user: username, passwordFile, baseUrl: base, ...account }, context) => {
      // One line; editors end it with a line break that is no part of the password.
      const password =
        passwordFile === undefined ? undefined : (await readFile(passwordFile, 'utf8')).replace(/\r?\n$/, '');
      const body = { username, ...account, ...(password === undefined ? {} : { password }) };
      const answer = await context.call(contract.createUser, { body });
      const { link } = answer;
      const url = link === null ? undefined : linkUrl(link.path, base, context);
      context.out.result({ ...answer, ...(url === undefined ? {} : { url }) }, () => {
        const made = context.translator.text('cli.users.create.done', { user: username, role: account.role });
        if (link === null) return made;
        return [made, linkText(username, url ?? '', link.expiresAt, context), ...mailedText(answer, context)].join(
          '\n',
        );
      });
      return undefined;
    },
  }),
  define({
    words: ['users', 'show'],
    ...named,
    input: z.strictObject({ user }),
    run: async (params, context) => {
      const account = await context.call(contract.readUser, { params });
      context.out.result(account, () => table([accountLine(account, context)]));
      return undefined;
    },
  }),
  define({
    words: ['users', 'set-role'],
    arguments: [
      { name: 'user', required: true },
      { name: 'role', required: true },
    ],
    remote: true,
    input: z.strictObject({ user, role: z.string().min(1) }),
    run: async ({ user: name, role }, context) =>
      changed(context, 'set-role', contract.setRole, { params: { user: name }, body: { role } }),
  }),
  define({
    words: ['users', 'disable'],
    ...named,
    input: z.strictObject({ user }),
    run: async (params, context) =>
      changed(context, 'disable', contract.setActive, { params, body: { active: false } }),
  }),
  define({
    words: ['users', 'enable'],
    ...named,
    input: z.strictObject({ user }),
    run: async (params, context) => changed(context, 'enable', contract.setActive, { params, body: { active: true } }),
  }),
  define({
    words: ['users', 'unlock'],
    ...named,
    input: z.strictObject({ user }),
    run: async (params, context) => changed(context, 'unlock', contract.unlockUser, { params }),
  }),
  define({
    words: ['users', 'delete'],
    ...named,
    options: [{ flags: '--anonymise' }],
    input: z.strictObject({ user, anonymise: z.boolean().default(false) }),
    run: async ({ user: name, anonymise }, context) =>
      changed(context, 'delete', contract.deleteUser, {
        params: { user: name },
        query: { anonymise: anonymise ? 'true' : 'false' },
      }),
  }),
  define({
    words: ['users', 'reset-password'],
    ...named,
    options: [{ flags: '--base-url <url>' }],
    input: z.strictObject({ user, baseUrl }),
    run: async ({ user: name, baseUrl: base }, context) => {
      const link = await context.call(contract.createResetLink, { params: { user: name } });
      const url = linkUrl(link.path, base, context);
      context.out.result({ ...link, url }, () => linkText(name, url, link.expiresAt, context));
      return undefined;
    },
  }),
  define({
    words: ['users', 'invite'],
    remote: true,
    options: [{ flags: '--role <role>' }, { flags: '--email <address>' }, { flags: '--base-url <url>' }],
    input: z.strictObject({ role: z.string().min(1).default('viewer'), email: z.string().optional(), baseUrl }),
    run: async ({ baseUrl: base, ...body }, context) => {
      const answer = await context.call(contract.createInvitation, { body });
      const url = linkUrl(answer.link.path, base, context);
      context.out.result({ ...answer, url }, () =>
        [
          context.translator.text('cli.users.invite.done', { role: body.role, url, until: answer.link.expiresAt }),
          ...mailedText(answer, context),
        ].join('\n'),
      );
      return undefined;
    },
  }),
  define({
    words: ['users', 'invitations'],
    remote: true,
    input: z.strictObject({}),
    run: async (_input, { call, out, translator }) => {
      const { items } = await call(contract.listInvitations);
      out.result({ items }, () =>
        items.length === 0
          ? translator.text('cli.users.invitations.empty')
          : table(items.map((one) => [one.id, one.role, one.email ?? '–', one.createdBy, one.expiresAt, stateOf(one)])),
      );
      return undefined;

      function stateOf({ usedAt, revokedAt }: contract.InvitationView): string {
        if (usedAt !== null) return translator.text('cli.users.invitations.used');
        return translator.text(revokedAt === null ? 'cli.users.invitations.open' : 'cli.users.invitations.revoked');
      }
    },
  }),
  define({
    words: ['users', 'uninvite'],
    arguments: [{ name: 'id', required: true }],
    remote: true,
    input: z.strictObject({ id: z.string().min(1) }),
    run: async (params, { call, out, translator }) => {
      await call(contract.revokeInvitation, { params });
      out.result(params, () => translator.text('cli.users.uninvite.done', params));
      return undefined;
    },
  }),
];

/** A change that answers with the account, said in the command's own words. */
async function changed<Route extends RouteContract>(
  { call, out, translator }: CommandContext<unknown>,
  word: string,
  route: Route,
  input: RouteCall<Route>,
): Promise<undefined> {
  const account: RouteOutput<Route> = await call(route, input);
  const { username, role } = contract.accountSchema.parse(account);
  out.result(account, () => translator.text(`cli.users.${word}.done`, { user: username, role }));
  return undefined;
}

function accountLine(account: AccountView, { translator }: CommandContext<unknown>): string[] {
  return [
    account.username,
    account.role,
    account.fullName ?? '–',
    account.email ?? '–',
    account.kind,
    translator.text(`cli.users.state.${stateOf(account)}`),
    account.lastLoginAt ?? '–',
  ];
}

function stateOf({ active, lockedUntil, anonymisedAt }: AccountView): string {
  if (anonymisedAt !== null) return 'removed';
  if (!active) return 'disabled';
  return lockedUntil === null ? 'active' : 'locked';
}

function mailedText(
  { mailed }: { readonly mailed: boolean },
  { translator }: CommandContext<unknown>,
): readonly string[] {
  return mailed ? [translator.text('cli.users.mailed')] : [];
}

function linkText(name: string, url: string, until: string, { translator }: CommandContext<unknown>): string {
  return translator.text('cli.users.link', { user: name, url, until });
}
