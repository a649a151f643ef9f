/** Everything Kura has behind its HTTP edge, on a fresh data directory, asked without a socket. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';

import { type AppContext, openContext } from '#app/context';
import { serveWeb } from '#app/serve/web-assets';
import type { Clock } from '#kernel/clock';
import { createOutput } from '#platform/cli';
import { createHttpServer, type RouteHandler } from '#platform/http';
import { createIdempotency } from '#platform/idempotency';
import { createMetrics } from '#platform/metrics';

import { type AnswerBody, type Asked, machineToken, passwordOf, requestOf } from '../over-http/asked.ts';

export interface Answer {
  readonly status: number;
  /** The code of a problem. */
  readonly code: string | undefined;
  readonly body: AnswerBody;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface WholeSite extends AsyncDisposable {
  readonly context: AppContext;
  ask(method: string, path: string, asked?: Asked): Promise<Answer>;
  /** Asks the product's own handlers, whatever answers instead of them. */
  askProduct(method: string, path: string, asked?: Asked): Promise<Answer>;
  /** An account with `passwordOf(name)`; gives its id. */
  addUser(name: string, role: string): Promise<string>;
  /** The session secret of a new login. */
  logIn(name: string): Promise<string>;
  /** The same for whatever opens a session. */
  openSession(body: object): Promise<string>;
  /** The secret of a new API key. */
  addKey(user: string, scopes: readonly string[]): Promise<string>;
}

export interface WholeSiteOptions {
  /** What answers instead of the product's own handlers. */
  readonly instead?: (handler: RouteHandler) => RouteHandler;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether rate limits hold; without them, one address may try much. */
  readonly limited?: boolean;
  /** Default: this machine's. */
  readonly clock?: Clock;
}

/** Nobody listens there: no test asks the real site anything. */
const noOutside = { KURA_CIVITAI_URL: 'http://127.0.0.1:1', KURA_CIVITAI_PATIENCE_SECONDS: '1' };

export async function openWholeSite(options: WholeSiteOptions = {}): Promise<WholeSite> {
  await using stack = new AsyncDisposableStack();
  const home = await mkdtemp(join(tmpdir(), 'kura-site-'));
  stack.defer(() => rm(home, { recursive: true, force: true }));
  const context = stack.use(await openTestContext(home, { ...noOutside, ...options.environment }, options.clock));
  const { translators, logger } = context;
  const authenticate = context.identity.authenticator(machineToken);
  async function open(handlers: readonly RouteHandler[]) {
    const server = await createHttpServer({
      handlers,
      authenticate,
      ...(options.limited === true ? { limits: context.rateLimits } : {}),
      idempotency: createIdempotency({ ...context, reportError: (error) => assert.fail(String(error)) }),
      translators,
      defaultLanguage: 'en',
      logger,
      metrics: createMetrics(),
      stopping: new AbortController().signal,
    });
    await serveWeb(server, translators.en);
    stack.defer(() => server.close());
    return server;
  }
  const own = await open(context.handlers());
  const asked = options.instead === undefined ? own : await open(context.handlers().map(options.instead));

  async function send(server: typeof own, method: string, path: string, request: Asked = {}): Promise<Answer> {
    const answer = await server.inject({ method: method as 'GET', url: path, ...requestOf(request) });
    const value: unknown = /json/.test(String(answer.headers['content-type'])) ? JSON.parse(answer.body) : undefined;
    const code = answer.statusCode >= 400 ? (value as { readonly code?: string } | undefined)?.code : undefined;
    return { status: answer.statusCode, code, body: value, text: answer.body, headers: answer.headers };
  }
  async function made(path: string, body: unknown): Promise<Answer> {
    const answer = await send(own, 'POST', path, { bearer: machineToken, body });
    assert.equal(answer.status, 201, answer.text);
    return answer;
  }
  async function openSession(body: object): Promise<string> {
    const answer = await send(own, 'POST', '/api/v1/session', { body });
    assert.equal(answer.status, 201, answer.text);
    const cookies = [answer.headers['set-cookie'] ?? []].flat().map(String);
    const secrets = cookies.map((cookie) => /^kura_session=([^;]+)/.exec(cookie)?.[1]);
    return secrets.find((one) => one !== undefined) ?? assert.fail('no session');
  }
  const owned = stack.move();
  return {
    context,
    ask: (method, path, request) => send(asked, method, path, request),
    askProduct: (method, path, request) => send(own, method, path, request),
    async addUser(username, role) {
      return (await made('/api/v1/users', { username, role, password: passwordOf(username) })).body.user.id;
    },
    logIn: (username) => openSession({ username, password: passwordOf(username) }),
    openSession,
    async addKey(user, scopes) {
      const answer = await made(`/api/v1/users/${user}/keys`, { name: scopes.join(' ').slice(0, 90), scopes });
      return answer.body.secret;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function openTestContext(
  home: string,
  environment: Readonly<Record<string, string>>,
  clock: Clock | undefined,
): Promise<AppContext> {
  const globals = { home, json: false, language: 'en', quiet: true, color: false, server: undefined } as const;
  const silent = { stdout: new PassThrough(), stderr: new PassThrough() };
  const out = createOutput({ json: true, quiet: true, ...silent, now: () => 0 });
  const time = clock === undefined ? {} : { clock };
  return openContext({ home, environment, globals, command: 'test', out, ...time });
}
