/** `kura auth`: the CivitAI key – checked against the site, stored for the owner only, shown by its last four characters. */
import { readFile, rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

import { z } from 'zod';

import { readCivitaiAccount } from '#adapters/civitai-source';
import type { Account } from '#engines/civitai';
import { isKuraError, KuraError } from '#kernel/errors';
import { localCaller } from '#platform/access';
import { type Command, defineCommand } from '#platform/cli';
import { storedSecretPath } from '#platform/config';
import { createEgressPolicy, createOutboundClient } from '#platform/outbound';

import type { AppContext } from '../context.ts';

const key = 'civitai.token';
const define = defineCommand<AppContext>();

export const authCommands: readonly Command<AppContext>[] = [
  define({
    words: ['auth', 'login'],
    options: [{ flags: '--token-file <path>' }],
    input: z.strictObject({ tokenFile: z.string().min(1).optional() }),
    run: async ({ tokenFile }, { open, out, signal, translator }) => {
      const context = await open();
      if (tokenFile === undefined) out.note(translator.text('app.auth-paste'));
      const given = tokenFile === undefined ? await text(process.stdin) : await readFile(tokenFile, 'utf8');
      const token = given.trim();
      if (token === '') throw new KuraError('invalid', 'app.auth-empty');
      const account = await accountOf(context, token, signal);
      await context.storedSecrets.write(key, token);
      await noteKey(context, 'civitai-key.store', { account: account.username, key: masked(token) });
      out.result({ account: account.username, token: masked(token) }, () =>
        translator.text('app.auth-stored', { account: account.username, token: masked(token) }),
      );
      return 0;
    },
  }),
  define({
    words: ['auth', 'status'],
    input: z.strictObject({}),
    run: async (_input, { open, out, signal, translator }) => {
      const context = await open();
      const { config, explain } = context.settings.loaded();
      const { token } = config.civitai;
      if (token === undefined) {
        out.result({ token: null }, () => translator.text('app.auth-none'));
        return 0;
      }
      const source = explain(key)?.source ?? '';
      const account = await accountOf(context, token, signal);
      out.result({ token: masked(token), source, account: account.username }, () =>
        translator.text('app.auth-status', { account: account.username, token: masked(token), source }),
      );
      return 0;
    },
  }),
  define({
    words: ['auth', 'logout'],
    input: z.strictObject({}),
    run: async (_input, { open, out, translator }) => {
      const context = await open();
      await rm(storedSecretPath(context.home.root, key), { force: true });
      await noteKey(context, 'civitai-key.remove', {});
      out.result({ token: null }, () => translator.text('app.auth-removed'));
      return 0;
    },
  }),
];

/** @throws KuraError unauthenticated `app.auth-refused`; the site answers anonymous readers too, so it is asked for the account. */
async function accountOf(
  { settings, clock, random, logger }: AppContext,
  token: string,
  signal: AbortSignal,
): Promise<Account> {
  const { url } = settings.loaded().config.civitai;
  await using outbound = createOutboundClient(createEgressPolicy([new URL(url)]));
  try {
    return await readCivitaiAccount({ url, token, paceMs: () => 0, outbound, clock, random, logger }, signal);
  } catch (error) {
    if (!isKuraError(error) || error.kind !== 'unauthenticated') throw error;
    throw new KuraError('unauthenticated', 'app.auth-refused', { params: { site: new URL(url).host }, cause: error });
  }
}

/** A key of another service is a credential, too: who put it there is asked sooner or later. */
async function noteKey({ unitOfWork }: AppContext, action: string, after: Readonly<Record<string, unknown>>) {
  await unitOfWork.write(localCaller('kura auth'), async (tx) =>
    tx.audit({
      action,
      category: 'configuration',
      level: 'warning',
      subject: { kind: 'credential', id: key },
      result: 'done',
      after,
    }),
  );
}

function masked(token: string): string {
  return `…${token.slice(-4)}`;
}
