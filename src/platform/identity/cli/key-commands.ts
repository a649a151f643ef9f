/** `kura keys` and `kura sessions`, of the account that `--user` names; with `--server` and a key of one's own, `me`. */
import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, table } from '#platform/cli';
import { keyScopes, worded } from '#platform/contract';
import type { KeyView } from '../contract/index.ts';
import * as contract from '../contract/index.ts';

const define = defineCommand<unknown>();
const userOption = { flags: '--user <name>' };
const user = z.string().min(1).default('me');
const named = { arguments: [{ name: 'id', required: true }], remote: true } as const;

export const keyCommands: readonly Command<unknown>[] = [
  define({
    words: ['keys', 'list'],
    remote: true,
    options: [userOption],
    input: z.strictObject({ user }),
    run: async (params, context) => {
      const { items } = await context.call(contract.listKeys, { params });
      context.out.result({ items }, () =>
        items.length === 0
          ? context.translator.text('cli.keys.list.empty')
          : table(items.map((key) => keyLine(key, context))),
      );
      return undefined;
    },
  }),
  define({
    words: ['keys', 'create'],
    arguments: [{ name: 'name', required: true }],
    remote: true,
    options: [
      userOption,
      { flags: '--scope <scope...>' },
      { flags: '--network <cidr...>' },
      { flags: '--job <key...>' },
      { flags: '--days <n>' },
      { flags: '--no-expiry' },
    ],
    input: z.strictObject({
      name: z.string().min(1),
      user,
      scope: z.array(z.enum(keyScopes)).default(['read']),
      network: z.array(z.string()).default([]),
      job: z.array(z.string()).default([]),
      days: z.coerce.number().int().min(1).max(3650).default(365),
      expiry: z.boolean().default(true),
    }),
    run: async ({ user: owner, name, scope, network, job, days, expiry }, { call, out, translator }) => {
      const made = await call(contract.createKey, {
        params: { user: owner },
        body: { name, scopes: scope, networks: network, boundTo: job, days: expiry ? days : null },
      });
      out.result(made, () => translator.text('cli.keys.create.done', { name, secret: made.secret }));
      return undefined;
    },
  }),
  define({
    words: ['keys', 'rotate'],
    ...named,
    options: [userOption, { flags: '--overlap-hours <n>' }],
    input: z.strictObject({
      id: z.string().min(1),
      user,
      overlapHours: z.coerce.number().int().min(0).max(720).default(24),
    }),
    run: async ({ overlapHours, ...params }, { call, out, translator }) => {
      const made = await call(contract.rotateKey, { params, body: { overlapHours } });
      const facts = { name: made.key.name, secret: made.secret, hours: overlapHours };
      out.result(made, () => translator.text('cli.keys.rotate.done', facts));
      return undefined;
    },
  }),
  define({
    words: ['keys', 'revoke'],
    ...named,
    options: [userOption],
    input: z.strictObject({ id: z.string().min(1), user }),
    run: async (params, { call, out, translator }) => {
      await call(contract.revokeKey, { params });
      out.result(params, () => translator.text('cli.keys.revoke.done', { id: params.id }));
      return undefined;
    },
  }),
];

export const sessionCommands: readonly Command<unknown>[] = [
  define({
    words: ['sessions', 'list'],
    remote: true,
    options: [userOption],
    input: z.strictObject({ user }),
    run: async (params, { call, out, translator }) => {
      const { items } = await call(contract.listSessions, { params });
      out.result({ items }, () =>
        items.length === 0
          ? translator.text('cli.sessions.list.empty')
          : table(
              items.map((one) => [
                one.id,
                one.createdAt,
                one.lastSeenAt,
                one.address ?? '–',
                String(one.risk.score),
                (one.userAgent ?? '–').slice(0, 40),
              ]),
            ),
      );
      return undefined;
    },
  }),
  define({
    words: ['sessions', 'revoke'],
    arguments: [{ name: 'id' }],
    remote: true,
    options: [userOption, { flags: '--all' }],
    input: z
      .strictObject({ id: z.string().min(1).optional(), user, all: z.boolean().default(false) })
      .refine(
        ({ id, all }) => (id === undefined) === all,
        worded('identity.revoke-which', 'takes the id of a session, or --all'),
      ),
    run: async ({ id, user: owner }, { call, out, translator }) => {
      if (id === undefined) {
        const answer = await call(contract.revokeAllSessions, { params: { user: owner } });
        out.result(answer, () => translator.text('cli.sessions.revoke.all-done', { count: answer.ended }));
        return undefined;
      }
      await call(contract.revokeSession, { params: { user: owner, id } });
      out.result({ id }, () => translator.text('cli.sessions.revoke.done', { id }));
      return undefined;
    },
  }),
];

function keyLine(key: KeyView, { translator }: CommandContext<unknown>): string[] {
  const until = key.expiresAt ?? translator.text('cli.keys.never');
  return [
    key.id,
    key.name,
    `${key.prefix}…`,
    key.scopes.join(','),
    key.revokedAt === null ? until : translator.text('cli.keys.revoked'),
    key.lastUsedAt ?? '–',
  ];
}
