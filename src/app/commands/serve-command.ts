/** `kura serve`: the server of one data directory, until it is told to stop. */

import { once } from 'node:events';
import { z } from 'zod';
import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, defineCommand } from '#platform/cli';
import type { Environment } from '#platform/config';
import { resolveHome } from '#platform/config';
import { acquireLock } from '#platform/files';
import { linkMinutes } from '#platform/identity';

import type { AppContext } from '../context.ts';

export function serveCommand(environment: Environment): Command<AppContext> {
  return defineCommand<AppContext>()({
    words: ['serve'],
    options: [{ flags: '--host <host>' }, { flags: '--port <port>' }],
    output: 'ndjson',
    input: z.strictObject({ host: z.string().optional(), port: z.coerce.number().int().min(0).max(65_535).optional() }),
    run: async (input, { globals, out, signal, translator }) => {
      const flags = withoutUndefined(input);
      // Everything a server is made of is loaded by the one command that needs it, when it runs.
      const { openContext } = await import('../context.ts');
      await using context = await openContext({
        home: resolveHome(globals.home, environment),
        environment,
        globals,
        command: 'serve',
        out,
        flags,
        logToTerminal: true,
      });
      await using _lock = await acquireLock({
        folder: context.home.run,
        name: 'server',
        command: 'kura serve',
        clock: context.clock,
        waitMs: 0,
        signal,
      });
      const { startServer } = await import('../serve/start-server.ts');
      await using server = await startServer({ context, language: globals.language });
      const link = `${server.url}/login#code=${await context.identity.createLink()}`;
      context.logger.info('serve.started', { url: server.url });
      out.event({ event: 'started', url: server.url, loginLink: link }, () =>
        [
          translator.text('app.serve-started', { url: server.url, home: context.home.root }),
          translator.text('identity.link', { url: link, minutes: linkMinutes }),
          translator.text('app.serve-stop'),
        ].join('\n'),
      );
      if (!signal.aborted) await once(signal, 'abort');
      out.note(translator.text('app.serve-stopping'));
      context.logger.info('serve.stopping');
      return 0;
    },
  });
}
