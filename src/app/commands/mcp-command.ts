/** `kura mcp`: an AI assistant on standard input and output, with the rights of whoever starts it or of `--server`'s key. */
import { z } from 'zod';

import { type Assistant, auditOf, logCall, serveOverStdio } from '#adapters/mcp';
import { KuraError } from '#kernel/errors';
import { localCaller } from '#platform/access';
import { type Command, type CommandContext, defineCommand } from '#platform/cli';
import { readSession } from '#platform/identity/contract';
import { actorOfCaller } from '#platform/unit-of-work';

import type { AppContext } from '../context.ts';
import { localUserName } from '../local-user.ts';
import { version } from '../version.ts';

export const mcpCommand: Command<AppContext> = defineCommand<AppContext>()({
  words: ['mcp'],
  options: [{ flags: '--read-only' }],
  output: 'none',
  remote: true,
  input: z.strictObject({ readOnly: z.boolean().default(false) }),
  run: async ({ readOnly }, context) => {
    const { globals, out, signal } = context;
    const assistant = await (globals.server === undefined ? ownAssistant(context) : remoteAssistant(context));
    await serveOverStdio({ assistant, version, readOnly, signal, reportError: ({ message }) => out.note(message) });
    return undefined;
  },
});

/** On the data directory of this machine: whoever may read it may do everything. */
async function ownAssistant({ open, call, translator }: CommandContext<AppContext>): Promise<Assistant> {
  const { settings, unitOfWork, logger } = await open();
  const { config } = settings.loaded();
  const caller = localCaller(localUserName());
  return {
    permissions: caller.permissions,
    translator,
    pageUrl: pagesOf(config.access.publicUrl ?? `http://${config.host}:${config.port}`),
    call,
    noteCall: (ended) => logCall(logger, ended),
    noteWrite: (write) => unitOfWork.write(actorOfCaller(caller, 'mcp'), (tx) => tx.audit(auditOf(write, 'stdio'))),
  };
}

/** On a server elsewhere, which logs and audits by itself. @throws KuraError unauthenticated */
async function remoteAssistant({ call, translator, globals }: CommandContext<AppContext>): Promise<Assistant> {
  const { caller } = await call(readSession);
  if (caller === null) throw new KuraError('unauthenticated', 'access.login-required');
  return {
    permissions: new Set(caller.permissions),
    translator,
    pageUrl: pagesOf(globals.server ?? ''),
    call,
    noteCall: () => undefined,
    noteWrite: async () => undefined,
  };
}

function pagesOf(site: string): Assistant['pageUrl'] {
  const base = site.replace(/\/$/, '');
  return (path) => `${base}${path}`;
}
