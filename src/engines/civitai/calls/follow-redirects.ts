/**
 * Follows redirects under our own rules (models.md M-041, civitai-api.md fact 8): never down to plain http, never with
 * credentials to another place, never a body to another place, and not for ever.
 */
import type { HttpAnswer, HttpRequest } from '../http-transport.ts';

export type UnsentRequest = Omit<HttpRequest, 'signal'>;

export interface Followed {
  /** The last answer; a redirect that was not followed stays the answer. */
  readonly answer: HttpAnswer;
  readonly redirects: number;
}

const MOST_REDIRECTS = 5;
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** @param send is told the number of the hop: 0 is the request itself */
export async function followRedirects(
  first: UnsentRequest,
  send: (request: UnsentRequest, hop: number) => Promise<HttpAnswer>,
): Promise<Followed> {
  let request = first;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await send(request, redirects);
    const next = redirects < MOST_REDIRECTS ? redirected(request, answer) : null;
    if (next === null) return { answer, redirects };
    request = next;
  }
}

function redirected(request: UnsentRequest, answer: HttpAnswer): UnsentRequest | null {
  const location = answer.headers['location'];
  if (!redirectStatuses.has(answer.status) || location === undefined) return null;
  // Means "sign in" (civitai-api.md §4.2); behind it waits a page of HTML with status 200.
  if (/reason=download-auth/.test(location)) return null;
  const from = new URL(request.url);
  const to = URL.parse(location, from.href);
  if (to === null || !isAllowed(from, to)) return null;
  const sameOrigin = to.origin === from.origin;
  if (request.body !== undefined && !(sameOrigin && answer.status >= 307)) return null;
  to.username = '';
  to.password = '';
  return { ...request, url: to.href, headers: sameOrigin ? request.headers : withoutCredentials(request.headers) };
}

function isAllowed(from: URL, to: URL): boolean {
  return to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
}

function withoutCredentials(headers: UnsentRequest['headers']): UnsentRequest['headers'] {
  const { authorization: _stripped, ...others } = headers;
  return others;
}
