/**
 * An answer that is not a success, as one of our errors. Serves the API and the download addresses alike; the order
 * follows civitai-api.md §1.4 and §4.2.
 */
import type { Clock } from '#kernel/clock';
import { type ErrorKind, KuraError, type MessageParams } from '#kernel/errors';

import type { HttpAnswer } from '../http-transport.ts';
import { readInstant } from '../shapes/lenient.ts';
import { type ErrorDetail, readErrorDetail } from './error-detail.ts';
import { readRetryAfter } from './retry-schedule.ts';

export interface AnswerContext {
  /** What was asked for, as a path: shown to people, so without a query. */
  readonly path: string;
  readonly clock: Clock;
}

/** All that the site said, where it is too much for a message. */
class SiteWords extends Error {
  override readonly name = 'SiteWords';
}

/** What the site said when it refused, in full; empty when it said nothing. */
export function siteWordsOf({ cause, params }: KuraError): string {
  return cause instanceof SiteWords ? cause.message : String(params['detail'] ?? '');
}

interface Verdict {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly params?: MessageParams;
}

export function errorFromAnswer(answer: HttpAnswer, { path, clock }: AnswerContext): KuraError {
  const detail = readErrorDetail(answer.body);
  const verdict = judge(answer, detail);
  const retryAfterMs = readRetryAfter(answer.headers['retry-after'], clock.now());
  return new KuraError(verdict.kind, verdict.code, {
    params: { path, status: answer.status, detail: detail.message, ...verdict.params },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(detail.full === detail.message ? {} : { cause: new SiteWords(detail.full) }),
  });
}

function judge(answer: HttpAnswer, detail: ErrorDetail): Verdict {
  const { status } = answer;
  if (status >= 500) return judgeServerError(detail);
  if (status >= 300 && status < 400) return judgeRedirect(answer);
  switch (status) {
    case 401:
      return judgeUnauthorized(detail);
    case 403:
      return judgeForbidden(answer, detail);
    case 404:
      return { kind: 'not-found', code: 'civitai.not-found' };
    case 408:
    case 425:
      return { kind: 'unavailable', code: 'civitai.server-error' };
    case 410:
      return { kind: 'not-found', code: 'civitai.archived' };
    case 429:
      return judgeTooMany(detail);
    case 451:
      return { kind: 'forbidden', code: 'civitai.region-blocked' };
    default:
      return { kind: 'invalid', code: 'civitai.request-refused' };
  }
}

function judgeServerError(detail: ErrorDetail): Verdict {
  // Caused by a file name somewhere in the page (issue #1150): the same page fails for ever.
  const broken = /URI malformed/i.test(detail.message);
  return { kind: 'unavailable', code: broken ? 'civitai.page-broken' : 'civitai.server-error' };
}

function judgeRedirect(answer: HttpAnswer): Verdict {
  const location = answer.headers['location'] ?? '';
  // How a browser-like client is told to sign in (civitai-api.md §4.2).
  if (/reason=download-auth/.test(location)) return { kind: 'unauthenticated', code: 'civitai.token-needed' };
  return {
    kind: 'unavailable',
    code: 'civitai.redirected',
    params: { host: URL.parse(location)?.host ?? location.slice(0, 80) },
  };
}

function judgeUnauthorized(detail: ErrorDetail): Verdict {
  // A token does not help against these, so do not ask for one.
  if (/disabled downloads/i.test(detail.message)) return { kind: 'forbidden', code: 'civitai.download-disabled' };
  return { kind: 'unauthenticated', code: 'civitai.token-needed' };
}

function judgeForbidden(answer: HttpAnswer, detail: ErrorDetail): Verdict {
  if (detail.form === 'html' || answer.headers['cf-mitigated'] === 'challenge') {
    return { kind: 'forbidden', code: 'civitai.challenge' };
  }
  if (/^Early Access/i.test(detail.message)) return judgeEarlyAccess(detail);
  if (/do not have access/i.test(detail.message)) return { kind: 'forbidden', code: 'civitai.not-entitled' };
  return { kind: 'forbidden', code: 'civitai.forbidden' };
}

function judgeEarlyAccess(detail: ErrorDetail): Verdict {
  const deadline = readInstant(typeof detail.fields['deadline'] === 'string' ? detail.fields['deadline'] : null);
  if (deadline === null) return { kind: 'forbidden', code: 'civitai.paid-access' };
  return { kind: 'forbidden', code: 'civitai.early-access', params: { deadline } };
}

function judgeTooMany(detail: ErrorDetail): Verdict {
  // page*limit > 1000: our own mistake, waiting cannot mend it.
  if (/too many pages/i.test(detail.message)) return { kind: 'invalid', code: 'civitai.too-many-pages' };
  if (/unusual amount of downloading/i.test(detail.message)) return { kind: 'limit', code: 'civitai.download-quota' };
  return { kind: 'limit', code: 'civitai.rate-limited' };
}
