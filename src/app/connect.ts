/** What a command is connected to: the services of a data directory in this process, or a server elsewhere. */
import { userInfo } from 'node:os';

import { isKuraError, KuraError } from '#kernel/errors';
import { localCaller } from '#platform/access';
import type { Connection } from '#platform/cli';
import { resolveHome } from '#platform/config';
import { callInProcess } from '#platform/http';
import type { ConnectOptions } from './connect-options.ts';
import { connectRemote } from './connect-remote.ts';
import { type AppContext, openContext } from './context.ts';

export function connect(options: ConnectOptions): Connection<AppContext> {
  const stack = new AsyncDisposableStack();
  const { globals } = options;
  let context: Promise<AppContext> | undefined;
  let opened: AppContext | undefined;

  function open(): Promise<AppContext> {
    context ??= openContext({ ...options, home: resolveHome(globals.home, options.environment) }).then((one) => {
      opened = stack.use(one);
      return one;
    });
    return context;
  }

  const remote = globals.server === undefined ? undefined : stack.use(connectRemote(globals.server, options));
  return {
    open: () =>
      remote === undefined
        ? open()
        : Promise.reject(new KuraError('invalid', 'cli.local-only', { params: { command: options.command } })),
    async call(route, input) {
      if (remote !== undefined) return remote.call(route, input);
      const { handlers } = await open();
      return callInProcess(handlers(), route, input, {
        caller: localCaller(localUserName()),
        session: undefined,
        language: globals.language,
        requestId: 'cli',
        nonce: '',
        signal: options.signal,
        reply: { header: () => undefined },
      });
    },
    logError(error) {
      if (!isKuraError(error) || error.kind !== 'interrupted')
        opened?.logger.error('cli.failed', error, { command: options.command });
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** The account's name; some containers run under a user id without one. */
function localUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
