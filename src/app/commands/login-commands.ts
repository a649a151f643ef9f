/** `kura login` and `kura logout`: a key of one's own for a server elsewhere, by the device flow (RFC 8628). */
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';

import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { MINUTE, SECOND } from '#kernel/units';
import { type Command, type CommandContext, defineCommand } from '#platform/cli';
import { type Environment, loadConfig, resolveHome } from '#platform/config';
import { type ApiClient, ApiProblem, keyScopes } from '#platform/contract';
import { askDeviceLogin, beginDeviceLogin, type DeviceAnswer, endOwnKey } from '#platform/identity/contract';

import { connectAsNobody, connectWithKey, parseServer } from '../connect-remote.ts';
import type { AppContext } from '../context.ts';
import { forgetServerLogin, readServerLogin, storeServerLogin } from '../server-logins.ts';

const define = defineCommand<AppContext>();

export function loginCommands(environment: Environment): readonly Command<AppContext>[] {
  return [loginCommand(environment), logoutCommand(environment)];
}

function loginCommand(environment: Environment): Command<AppContext> {
  return define({
    words: ['login'],
    remote: true,
    output: 'ndjson',
    options: [{ flags: '--name <name>' }, { flags: '--scope <scope...>' }],
    input: z.strictObject({
      name: z.string().trim().min(1).max(100).optional(),
      scope: z.array(z.enum(keyScopes)).min(1).optional(),
    }),
    run: async ({ name, scope }, context) => {
      const { out, translator, signal } = context;
      const { home, master, given, server } = placeOf(environment, context);
      await using client = connectAsNobody(given, context);
      const begun = await client.call(beginDeviceLogin, {
        body: { name: name ?? `kura (${hostname()})`.slice(0, 100), scopes: scope ?? [...keyScopes] },
      });
      const page = new URL('/device', server).href;
      const minutes = Math.floor((begun.expiresInSeconds * SECOND) / MINUTE);
      const { userCode: code } = begun;
      out.event({ event: 'open', url: page, code, minutes }, () =>
        translator.text('app.login-open', { url: page, code, minutes }),
      );
      const { user, key, secret } = await decided(client, begun, signal);
      await storeServerLogin(home, master, { server: server.origin, user, keyId: key.id, secret });
      const facts = { server: server.origin, user, keyId: key.id, scopes: key.scopes, expiresAt: key.expiresAt };
      out.event({ event: 'done', ...facts }, () => translator.text('app.login-done', { server: server.origin, user }));
      return 0;
    },
  });
}

function logoutCommand(environment: Environment): Command<AppContext> {
  return define({
    words: ['logout'],
    remote: true,
    input: z.strictObject({}),
    run: async (_input, context) => {
      const { out, translator } = context;
      const { home, master, given, server } = placeOf(environment, context);
      const facts = { server: server.origin };
      const login = await readServerLogin(home, master, server);
      if (login === undefined) throw new KuraError('not-found', 'app.login-none', { params: facts });
      await using client = connectWithKey(given, context, login.secret);
      await client.call(endOwnKey).catch((error: unknown) => {
        // A key that the server no longer knows is as good as ended.
        if (!(error instanceof ApiProblem) || error.problem.status !== 401) throw error;
      });
      await forgetServerLogin(home, server);
      const { user } = login;
      out.result({ ...facts, user }, () => translator.text('app.logout-done', { ...facts, user }));
      return 0;
    },
  });
}

/** @throws KuraError invalid `app.login-server`, `app.server-url` */
function placeOf(environment: Environment, { globals }: CommandContext<AppContext>) {
  if (globals.server === undefined) throw new KuraError('invalid', 'app.login-server');
  const home = resolveHome(globals.home, environment);
  const { config } = loadConfig({ home, environment });
  return { home, master: config.master.key, given: globals.server, server: parseServer(globals.server) };
}

interface Begun {
  readonly deviceCode: string;
  readonly intervalSeconds: number;
}

/** Asks as often as the server allows. @throws KuraError unauthenticated `app.login-denied`, `app.login-expired` */
async function decided(
  client: Pick<ApiClient, 'call'>,
  { deviceCode, intervalSeconds }: Begun,
  signal: AbortSignal,
): Promise<Extract<DeviceAnswer, { state: 'approved' }>> {
  await setTimeout(intervalSeconds * SECOND, undefined, { signal });
  const answer = await client.call(askDeviceLogin, { body: { deviceCode } }, signal);
  if (answer.state === 'approved') return answer;
  if ('intervalSeconds' in answer) return decided(client, { ...answer, deviceCode }, signal);
  throw new KuraError('unauthenticated', answer.state === 'denied' ? 'app.login-denied' : 'app.login-expired');
}
