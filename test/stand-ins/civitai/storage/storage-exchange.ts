/** The storage host's listener: pictures for everybody, files for signed links, faults for those who asked. */
import type { IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';

import type { CatalogueFile } from '../catalogue/entities.ts';
import type { Fault } from '../faults/fault.ts';
import { faultAnswer } from '../faults/fault-answer.ts';
import { literal } from '../files/content.ts';
import type { Exchange } from '../http-listener.ts';
import type { LogEntry, RequestLog } from '../request-log.ts';
import type { Site } from '../routes/exchange.ts';
import { pictureRoot } from '../routes/present-picture.ts';
import { sendStretch } from './send-body.ts';
import { type LinkReading, readLink } from './signed-link.ts';
import { answerFile, answerPicture, readRange, type StorageAnswer, xmlError } from './storage-answers.ts';

export function storageExchange(site: Site, log: RequestLog): Exchange {
  let active = 0;
  return async (message, response) => {
    const url = new URL(message.url ?? '/', site.urls.storage);
    const link = readLink(site, url.pathname, url.searchParams);
    const file = 'fileId' in link ? site.catalogue.file(link.fileId) : undefined;
    const entry = logEntry(site, message, { url, file });
    log.add(entry);
    active += 1;
    response.once('close', () => {
      active -= 1;
      entry.finished = response.writableFinished;
      entry.endedAt = site.clock.now();
    });
    const effects = site.faults.forRequest({ ...entry, stretch: stretchOf(message, file) });
    if (effects.latencyMs !== undefined) await setTimeout(effects.latencyMs);
    const answer = answerOf(message, { url, link, file, effects, active });
    entry.status = answer.status;
    const body = typeof answer.body === 'string' ? whole(answer.body) : answer.body;
    if (message.method === 'HEAD') {
      response.writeHead(answer.status, answer.headers);
      response.end();
      return;
    }
    await sendStretch(response, answer, body, {
      effects: answer.status < 400 ? effects : {},
      sent: (bytes) => {
        entry.bytesSent += bytes;
      },
    });
  };
}

function answerOf(
  message: IncomingMessage,
  of: {
    readonly url: URL;
    readonly link: LinkReading;
    readonly file: CatalogueFile | undefined;
    readonly effects: Fault;
    readonly active: number;
  },
): StorageAnswer {
  const { url, effects } = of;
  const instead = fault(effects, of.active);
  if (instead !== undefined) return instead;
  if (url.pathname.startsWith(`/${pictureRoot}/`)) return answerPicture(url.pathname);
  const { headers } = message;
  const request = {
    method: message.method ?? 'GET',
    path: url.pathname,
    range: headers.range,
    ifRange: typeof headers['if-range'] === 'string' ? headers['if-range'] : undefined,
    ifMatch: headers['if-match'],
    hasAuthorization: headers.authorization !== undefined,
  };
  return answerFile(request, of.link, of.file, effects);
}

function stretchOf(
  message: IncomingMessage,
  file: CatalogueFile | undefined,
): { start: number; end: number } | undefined {
  if (file === undefined) return undefined;
  const { size } = file.content();
  const range = message.headers.range === undefined ? undefined : readRange(message.headers.range, size);
  return typeof range === 'object' ? range : { start: 0, end: size };
}

/** Storage speaks XML where the API speaks JSON. */
function fault(effects: Fault, active: number): StorageAnswer | undefined {
  if (effects.maxConnections !== undefined && active > effects.maxConnections) {
    return xmlError(503, 'SlowDown', 'Please reduce your request rate.');
  }
  const answer = faultAnswer('storage', effects);
  if (answer === undefined) return undefined;
  const headers = { ...answer.headers };
  if (typeof answer.body === 'string' || answer.status < 400) {
    return { status: answer.status, headers, body: typeof answer.body === 'string' ? answer.body : '' };
  }
  const error = xmlError(
    answer.status,
    answer.status === 503 ? 'SlowDown' : 'InternalError',
    'We encountered an internal error. Please try again.',
  );
  return { ...error, headers: { ...error.headers, ...headers } };
}

function whole(text: string): { content: ReturnType<typeof literal>; start: number; end: number } {
  const content = literal(text);
  return { content, start: 0, end: content.size };
}

function logEntry(
  site: Site,
  message: IncomingMessage,
  of: { readonly url: URL; readonly file: CatalogueFile | undefined },
): LogEntry & { readonly modelId: number | undefined } {
  return {
    listener: 'storage',
    route: of.url.pathname.startsWith(`/${pictureRoot}/`) ? 'picture' : 'storage',
    method: message.method ?? 'GET',
    url: message.url ?? '/',
    path: of.url.pathname,
    headers: message.headers,
    at: site.clock.now(),
    remotePort: message.socket.remotePort ?? 0,
    modelId: of.file?.modelId,
    versionId: of.file?.versionId,
    fileId: of.file?.id,
    status: undefined,
    bytesSent: 0,
    finished: false,
    endedAt: undefined,
  };
}
