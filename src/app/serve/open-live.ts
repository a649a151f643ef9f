/** The hub of a server: who may see what, and the other nodes where there are any. */
import { createHash } from 'node:crypto';

import { isKuraError } from '#kernel/errors';
import { type Caller, requirePermission } from '#platform/access';
import { createLiveHub, type LiveHub, type LiveHubDeps } from '#platform/live';

import type { AppContext } from '../context.ts';
import { liveQuestions } from './live-questions.ts';

type Door = Pick<LiveHubDeps, 'server' | 'authenticate'> & Required<Pick<LiveHubDeps, 'clientOf' | 'onRefused'>>;

export async function openLive(context: AppContext, door: Door, stack: AsyncDisposableStack): Promise<LiveHub> {
  const { logger, translators, rateLimits, events } = context;
  const fanOut = await openFanOut(context, stack);
  return stack.use(
    await createLiveHub({
      ...door,
      ...(fanOut === undefined ? {} : { fanOut }),
      logger,
      translators,
      limits: rateLimits,
      from: await events.latest(),
      messages: liveQuestions(context.handlers),
      mayWatch: (caller, subject) => mayWatch(context, caller, subject),
    }),
  );
}

async function openFanOut({ settings, logger }: AppContext, stack: AsyncDisposableStack) {
  const { redis, database } = settings.loaded().config;
  // One database file has one server.
  if (redis.url === undefined || database.url === undefined) return undefined;
  const { connectRedisFanOut } = await import('#adapters/redis-live');
  const fanOut = connectRedisFanOut({
    url: redis.url,
    installation: nameOf(database.url),
    reportError: (error) => logger.debug('redis.unreachable', { reason: String(error) }),
  });
  return stack.use(fanOut).adapter;
}

/** Nodes of one installation share their database, with whatever login. */
function nameOf(database: string): string {
  const url = URL.parse(database);
  return createHash('sha256').update(`${url?.host}${url?.pathname}`).digest('hex').slice(0, 16);
}

/** What the API would show; asked again and again for whatever is open. */
async function mayWatch({ knowledge }: AppContext, caller: Caller, subject: string): Promise<boolean> {
  const [, kind, id] = /^knowledge-(entry|conversation):(.+)$/.exec(subject) ?? [];
  if (kind === undefined || id === undefined) return false;
  try {
    const reader = requirePermission('knowledge:read', caller);
    await (kind === 'entry' ? knowledge.read(reader, id) : knowledge.readConversation(reader, id));
    return true;
  } catch (error) {
    if (isKuraError(error) && (error.kind === 'not-found' || error.kind === 'forbidden')) return false;
    throw error;
  }
}
