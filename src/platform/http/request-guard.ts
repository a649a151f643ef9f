/** What is decided about a request before its contract: from which site it comes, who calls, in which language. */
import type { FastifyRequest } from 'fastify';

import { KuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import type { Caller } from '#platform/access';
import { languageOf } from '#platform/i18n';

import type { Client } from './client.ts';
import { csrfHeader, isCsrfToken } from './csrf-token.ts';
import { cookieNames } from './session-cookies.ts';

/** Finds out who calls; undefined for nobody, a KuraError for credentials that are wrong. */
export type Authenticate = (credentials: Credentials) => Promise<Caller | undefined>;

export interface Credentials {
  readonly bearer: string | undefined;
  readonly session: string | undefined;
  /** Undefined for calls within this process. */
  readonly client?: Client;
  /** A look at a connection that stays open: whoever merely has a page open does nothing, and the session may run out. */
  readonly passive?: boolean;
}

/** @param secure Whether the browser speaks TLS: its cookie has another name then. */
export function credentialsOf(headers: FastifyRequest['headers'], secure: boolean): Credentials {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return { bearer, session: cookieValue(headers.cookie ?? '', cookieNames(secure).session) };
}

/**
 * A browser sends its session cookie wherever a page asks it to; so a write with a cookie must come from our own pages.
 * @throws KuraError forbidden `access.foreign-origin`
 */
export function refuseForeignWrites(request: FastifyRequest, host: string | undefined): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.headers.authorization !== undefined) return;
  const { origin } = request.headers;
  const isForeign = origin !== undefined && (host === undefined || hostOf(origin) !== host);
  if (isForeign || isFromElsewhere(request.headers['sec-fetch-site'])) {
    throw new KuraError('forbidden', 'access.foreign-origin');
  }
}

/** What the browser itself says (W3C Fetch Metadata): `none` is a person, other hosts of one domain are strangers, too. */
function isFromElsewhere(site: string | readonly string[] | undefined): boolean {
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/**
 * A write that a session cookie allows must carry the session's token as well; bearers send no cookies on their own.
 * @throws KuraError forbidden `access.csrf-token`
 */
export function requireCsrfToken({ method, headers }: FastifyRequest, secure: boolean): void {
  const { bearer, session } = credentialsOf(headers, secure);
  if (method === 'GET' || method === 'HEAD' || bearer !== undefined || session === undefined) return;
  if (!isCsrfToken(headers[csrfHeader], session)) throw new KuraError('forbidden', 'access.csrf-token');
}

/** What our own pages and commands ask for, else what the account says, else what the browser does. */
export function requestLanguage({ headers }: FastifyRequest, caller: Caller | undefined, fallback: Language): Language {
  const asked = headers['x-kura-language'] ?? caller?.account?.language ?? headers['accept-language'];
  return typeof asked === 'string' ? languageOf(asked) : fallback;
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}

function cookieValue(header: string, name: string): string | undefined {
  const pair = header
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}
