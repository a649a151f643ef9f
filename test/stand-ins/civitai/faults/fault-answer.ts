/** The body the real site sends with a failing status, by route (recorded answers in fixtures `errors/`). */
import type { Answer } from '../routes/exchange.ts';
import type { Fault, RouteName } from './fault.ts';

const challenge =
  '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><h1>Checking if the site connection is secure</h1></body></html>';

export const loginPage =
  '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Login | Civitai</title></head>\n<body><div id="__next"><h1>Sign in to download this file</h1></div></body></html>\n';

/** The answer a fault puts in place of the real one, or undefined when it lets the request through. */
export function faultAnswer(route: RouteName, effects: Fault): Answer | undefined {
  const retry = {
    ...(effects.retryAfter === undefined ? {} : { 'retry-after': String(effects.retryAfter) }),
    ...(effects.noStore === true ? { 'cache-control': 'private, no-store' } : {}),
  };
  if (effects.html === true || isFromEdge(effects.status)) {
    const page = pageFor(effects.status);
    return {
      status: effects.status ?? 200,
      headers: { 'content-type': 'text/html; charset=utf-8', ...retry },
      body: page,
      cache: 'none',
    };
  }
  if (effects.status === undefined) {
    const elsewhere = route === 'download' ? undefined : effects.redirectTo;
    return elsewhere === undefined ? undefined : { status: 307, headers: { location: elsewhere }, cache: 'none' };
  }
  return { status: effects.status, headers: retry, body: bodyFor(route, effects.status), cache: 'none' };
}

/** Cloudflare speaks for a server that does not answer, and speaks HTML (contract note §1.4). */
function isFromEdge(status = 0): boolean {
  return status === 502 || status === 504 || status >= 520;
}

function pageFor(status: number | undefined): string {
  if (status === undefined) return loginPage;
  return isFromEdge(status)
    ? `<!DOCTYPE html><html><head><title>civitai.com | ${status}</title></head></html>`
    : challenge;
}

function bodyFor(route: RouteName, status: number): unknown {
  switch (status) {
    case 401:
      return route === 'download'
        ? { error: 'Unauthorized', message: 'The creator of this asset requires you to be logged in to download it' }
        : { error: 'Unauthorized' };
    case 403:
      return { error: route === 'download' ? 'You do not have access to download this file' : 'Forbidden' };
    case 404:
      return { error: route === 'download' ? 'File not found' : 'Model not found' };
    case 410:
      return { error: 'Model archived, not available for download' };
    case 429:
      return {
        error:
          route === 'download'
            ? "We've noticed an unusual amount of downloading from your account. Contact support@civitai.com or come back later."
            : 'Too many requests',
      };
    case 451:
      return {
        error: 'Access to this service is not available in your region due to legal restrictions.',
        code: 'REGION_BLOCKED',
      };
    case 503:
      return { error: 'Model search is temporarily overloaded — please retry.' };
    default:
      return { message: 'An unexpected error occurred', error: 'URI malformed' };
  }
}
