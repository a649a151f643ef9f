/** `kura users`: second factors. They are set up in the browser only, where the person is. */
import { z } from 'zod';

import { type Command, type CommandContext, defineCommand } from '#platform/cli';

import type { FactorsView } from '../contract/index.ts';
import * as contract from '../contract/index.ts';

const define = defineCommand<unknown>();
const named = { arguments: [{ name: 'user', required: true }], remote: true } as const;
const input = z.strictObject({ user: z.string().min(1) });

export const factorCommands: readonly Command<unknown>[] = [
  define({
    words: ['users', 'show-second-factor'],
    ...named,
    input,
    run: async (params, context) => {
      const factors = await context.call(contract.readFactors, { params });
      context.out.result(factors, () => factorsText(factors, context));
      return undefined;
    },
  }),
  define({
    words: ['users', 'reset-second-factor'],
    ...named,
    input,
    run: async (params, { call, out, translator }) => {
      await call(contract.resetFactors, { params });
      out.result(params, () => translator.text('cli.users.reset-second-factor.done', params));
      return undefined;
    },
  }),
];

function factorsText(factors: FactorsView, { translator }: CommandContext<unknown>): string {
  const { totpSince, passkeys, recoveryCodesLeft, required } = factors;
  if (totpSince !== null || passkeys.length > 0) {
    const facts = { since: totpSince ?? '–', passkeys: passkeys.length, left: recoveryCodesLeft };
    return translator.text('cli.users.show-second-factor.on', facts);
  }
  return translator.text(`cli.users.show-second-factor.${required ? 'missing' : 'off'}`);
}
