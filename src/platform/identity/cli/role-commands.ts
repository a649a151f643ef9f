/** `kura roles`. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import { permissions } from '#platform/contract';

import * as contract from '../contract/index.ts';

const define = defineCommand<unknown>();
const named = { arguments: [{ name: 'name', required: true }], remote: true } as const;

export const roleCommands: readonly Command<unknown>[] = [
  define({
    words: ['roles', 'list'],
    remote: true,
    input: z.strictObject({}),
    run: async (_input, { call, out }) => {
      const { items } = await call(contract.listRoles);
      out.result({ items }, () =>
        table(
          items.map((role) => [
            role.name,
            String(role.accounts),
            role.networks.length === 0 ? '–' : role.networks.join(','),
            role.permissions.join(','),
          ]),
        ),
      );
      return undefined;
    },
  }),
  define({
    words: ['roles', 'save'],
    ...named,
    options: [{ flags: '--permission <permission...>' }, { flags: '--network <cidr...>' }, { flags: '--title <text>' }],
    input: z.strictObject({
      name: z.string().min(1),
      permission: z.array(z.enum(permissions)).optional(),
      network: z.array(z.string()).optional(),
      title: z.string().optional(),
    }),
    run: async ({ name, permission, network, title }, { call, out, translator }) => {
      const role = await call(contract.saveRole, {
        params: { name },
        body: {
          ...(permission === undefined ? {} : { permissions: permission }),
          // "none" takes the limit off again.
          ...(network === undefined ? {} : { networks: network.filter((one) => one !== 'none') }),
          ...(title === undefined ? {} : { title }),
        },
      });
      out.result(role, () => translator.text('cli.roles.save.done', { role: name }));
      return undefined;
    },
  }),
  define({
    words: ['roles', 'delete'],
    ...named,
    input: z.strictObject({ name: z.string().min(1) }),
    run: async (params, { call, out, translator }) => {
      await call(contract.deleteRole, { params });
      out.result(params, () => translator.text('cli.roles.delete.done', { role: params.name }));
      return undefined;
    },
  }),
];
