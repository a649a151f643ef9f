/** What a command is connected to: the services of a data directory in this process, or a server elsewhere. */
import { isKuraError, KuraError } from '#kernel/errors';
import { localCaller } from '#platform/access';
import type { Connection } from '#platform/cli';
import { resolveHome } from '#platform/config';

import type { ConnectOptions } from './connect-options.ts';
import type { RemoteClient } from './connect-remote.ts';
import type { AppContext } from './context.ts';
import { localUserName } from './local-user.ts';

/** Either is loaded when it is first used: many commands need neither. */
export function connect(options: ConnectOptions): Connection<AppContext> {
  const stack = new AsyncDisposableStack();
  const { globals } = options;
  const { server } = globals;
  let context: Promise<AppContext> | undefined;
  let opened: AppContext | undefined;

  function open(): Promise<AppContext> {
    context ??= import('./context.ts').then(async ({ openContext }) => {
      opened = stack.use(await openContext({ ...options, home: resolveHome(globals.home, options.environment) }));
      return opened;
    });
    return context;
  }

  let remote: Promise<RemoteClient> | undefined;
  function reach(url: string): Promise<RemoteClient> {
    remote ??= import('./connect-remote.ts').then(({ connectRemote }) => stack.use(connectRemote(url, options)));
    return remote;
  }

  return {
    open: () =>
      server === undefined
        ? open()
        : Promise.reject(new KuraError('invalid', 'cli.local-only', { params: { command: options.command } })),
    async call(route, input) {
      if (server !== undefined) return (await reach(server)).call(route, input);
      const { handlers } = await open();
      const { callInProcess } = await import('./call-in-process.ts');
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
