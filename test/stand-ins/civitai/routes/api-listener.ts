/** The API host: finds the route, applies the faults, runs the handler, writes the answer with the site's headers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Fault } from '../faults/fault.ts';
import { faultAnswer } from '../faults/fault-answer.ts';
import { literal } from '../files/content.ts';
import { type Exchange, readBody } from '../http-listener.ts';
import type { LogEntry, RequestLog } from '../request-log.ts';
import { sendStretch } from '../storage/send-body.ts';
import { answerControl } from './control.ts';
import type { Account, Answer, Site, SiteRequest } from './exchange.ts';
import { type Route, routes } from './route-table.ts';

export function apiExchange(site: Site, log: RequestLog): Exchange {
  return async (message, response) => {
    const url = new URL(message.url ?? '/', site.urls.api);
    const control = await answerControl(site, log, { message, path: url.pathname });
    if (control !== undefined) {
      await write(response, message, { answer: control, effects: {}, sent: () => undefined });
      return;
    }
    const route = routes.find(({ path }) => path.test(url.pathname));
    if (route === undefined) throw new Error(`no route for ${url.pathname}`);
    const entry = logEntry(site, route, { message, url });
    log.add(entry);
    response.once('close', () => {
      entry.finished = response.writableFinished;
      entry.endedAt = site.clock.now();
    });
    const effects = site.faults.forRequest({
      route: route.name,
      modelId: route.names === 'model' ? lastNumber(url.pathname) : undefined,
      versionId: entry.versionId,
      fileId: entry.fileId,
    });
    if (effects.latencyMs !== undefined) await setTimeout(effects.latencyMs);
    const answer = await answerOf(site, route, { message, url, effects });
    entry.status = answer.status;
    await write(response, message, {
      answer,
      effects,
      sent: (bytes) => {
        entry.bytesSent += bytes;
      },
    });
  };
}

interface Arrival {
  readonly message: IncomingMessage;
  readonly url: URL;
}

async function answerOf(site: Site, route: Route, of: Arrival & { readonly effects: Fault }): Promise<Answer> {
  const { message, url, effects } = of;
  const method = message.method ?? 'GET';
  const instead = faultAnswer(route.name, effects);
  if (instead !== undefined) return instead;
  if (route.methods !== undefined && !route.methods.includes(method)) {
    return { status: 405, body: { error: 'Method not allowed' }, cache: 'none' };
  }
  const request: SiteRequest = {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    origin: `http://${message.headers.host ?? ''}`,
    account: accountOf(site, message, url),
    effects,
    body: () => readBody(message),
  };
  return route.handle(site, request);
}

/** The header wins over `?token=`; an unknown token is an anonymous caller, not an error. */
function accountOf(site: Site, message: IncomingMessage, url: URL): Account | undefined {
  const bearer = /^Bearer\s+(.+)$/i.exec(message.headers.authorization ?? '')?.[1];
  const token = bearer ?? url.searchParams.get('token') ?? undefined;
  return token === undefined ? undefined : site.accounts.find((account) => account.token === token);
}

const cacheHeaders = {
  public: { 'cache-control': 'public, s-maxage=300, stale-while-revalidate=150' },
  'by-hash': { 'cache-control': 'public, s-maxage=3600, stale-while-revalidate=1800' },
  none: {},
} as const;

async function write(
  response: ServerResponse,
  message: IncomingMessage,
  out: { readonly answer: Answer; readonly effects: Fault; readonly sent: (bytes: number) => void },
): Promise<void> {
  const { answer } = out;
  const isText = typeof answer.body === 'string';
  const text = isText ? answer.body : JSON.stringify(answer.body);
  const whole = Buffer.from(typeof text === 'string' ? text : '');
  const body = out.effects.truncateJson === true ? whole.subarray(0, whole.byteLength >> 1) : whole;
  const headers = {
    'access-control-allow-origin': '*',
    ...cacheHeaders[answer.cache ?? 'none'],
    ...(answer.body === undefined
      ? {}
      : { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8' }),
    ...answer.headers,
    ...(out.effects.contentType === undefined ? {} : { 'content-type': out.effects.contentType }),
  };
  if (message.method === 'HEAD') {
    response.writeHead(answer.status, { ...headers, 'content-length': String(body.byteLength) });
    response.end();
    return;
  }
  const stretch = { content: literal(body), start: 0, end: body.byteLength };
  await sendStretch(response, { status: answer.status, headers }, stretch, out);
}

function logEntry(site: Site, route: Route, { message, url }: Arrival): LogEntry {
  const fileId = url.searchParams.get('fileId');
  return {
    listener: 'api',
    route: route.name,
    method: message.method ?? 'GET',
    url: message.url ?? '/',
    path: url.pathname,
    headers: message.headers,
    at: site.clock.now(),
    remotePort: message.socket.remotePort ?? 0,
    versionId: route.names === 'version' ? lastNumber(url.pathname) : undefined,
    fileId: fileId === null ? undefined : Number(fileId),
    status: undefined,
    bytesSent: 0,
    finished: false,
    endedAt: undefined,
  };
}

function lastNumber(path: string): number | undefined {
  const number = Number(path.split('/').at(-1));
  return Number.isInteger(number) ? number : undefined;
}
