/** The server role: HTTP, live updates, job workers and event subscribers of one data directory. */
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';

import type { FastifyInstance } from 'fastify';

import { KuraError, systemCode } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { clearingSchedule, curationSchedule, duplicatesSchedule } from '#knowledge';
import { createRefusalLog } from '#platform/audit';
import { namesOf } from '#platform/config';
import { createClientReader, createHttpServer } from '#platform/http';
import { createIdempotency } from '#platform/idempotency';
import { adminToken, scheduleDirectory } from '#platform/identity';
import { startJobWorkers } from '#platform/jobs';

import { jobUpdates } from '../bridges/job-updates.ts';
import { dataKeySchedule } from '../bridges/renew-data-key.ts';
import type { AppContext } from '../context.ts';
import { houseZone } from '../initial-preferences.ts';
import { kura } from '../open-platform-secrets.ts';
import { startBackground } from './background.ts';
import { openLive } from './open-live.ts';
import { serveWeb } from './web-assets.ts';

export interface RunningServer extends AsyncDisposable {
  /** Base URL as a browser on this machine would use it. */
  readonly url: string;
}

export interface ServerOptions {
  readonly context: AppContext;
  readonly language: Language;
}

/** @throws KuraError conflict `app.port-in-use` */
export async function startServer({ context, language }: ServerOptions): Promise<RunningServer> {
  await using stack = new AsyncDisposableStack();
  const { config } = context.settings.loaded();
  const { translators, logger, metrics, clock, random, home } = context;
  const token = await adminToken({
    configured: config.admin.token,
    runFolder: home.run,
    random,
    profile: config.profile,
  });
  const authenticate = context.identity.authenticator(token);
  const clientOf = createClientReader(namesOf(config.access.trustedProxies));

  const { note: onRefused } = stack.use(
    createRefusalLog({ ...context, reportError: (error) => logger.error('audit.refusals', error) }),
  );

  const stopping = new AbortController();
  const server = await createHttpServer({
    handlers: context.handlers(),
    authenticate,
    clientOf,
    limits: context.rateLimits,
    idempotency: createIdempotency({ ...context, reportError: (error) => logger.error('idempotency.not-kept', error) }),
    translators,
    defaultLanguage: language,
    logger,
    metrics,
    onRefused,
    stopping: stopping.signal,
  });
  await serveWeb(server, translators[language]);
  stack.defer(() => server.close());
  const port = await listen(server, config.host, config.port);

  const live = await openLive(context, { server: server.server, authenticate, clientOf, onRefused }, stack);
  await context.backups.start(kura);
  await context.audit.setUpSchedules(houseZone(config), kura);
  await context.unitOfWork.write(kura, (tx) => context.scheduler.upsert(tx, dataKeySchedule(houseZone(config))));
  await context.unitOfWork.write(kura, (tx) => context.scheduler.upsert(tx, clearingSchedule(houseZone(config))));
  await context.unitOfWork.write(kura, (tx) => context.scheduler.upsert(tx, duplicatesSchedule(houseZone(config))));
  await context.unitOfWork.write(kura, (tx) => context.scheduler.upsert(tx, curationSchedule(houseZone(config))));
  await context.alerts.setUpSchedules(houseZone(config), kura);
  await scheduleDirectory(context.identity.deps, context.scheduler);
  await context.models.setUpSchedules(houseZone(config), kura);
  await context.models.wakeBatches(kura);
  await context.models.setUpScans(kura);
  startBackground(context, live, stack);
  const workers = startJobWorkers({
    queue: context.jobs,
    handled: context.jobHandlers,
    clock,
    worker: `${hostname()}:${process.pid}`,
    reportError: (error) => logger.error('jobs.background', error),
    onProgress: jobUpdates(live),
  });
  stack.defer(() => workers.stop());
  stack.defer(() => stopping.abort(new KuraError('interrupted', 'kernel.interrupted')));

  const owned = stack.move();
  return { url: browserUrl(config.host, port), [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await server.listen({ host, port });
    const address = server.server.address() as AddressInfo;
    return address.port;
  } catch (error) {
    if (systemCode(error) === 'EADDRINUSE')
      throw new KuraError('conflict', 'app.port-in-use', { params: { host, port }, cause: error });
    if (systemCode(error) === 'EACCES')
      throw new KuraError('forbidden', 'app.port-forbidden', { params: { host, port }, cause: error });
    throw error;
  }
}

/** An address that listens on everything is no address to open; this machine's own is. */
function browserUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
