import { ApiProblem, type ApiRequest, type ApiResponse, createApiClient } from '#platform/contract';

/** What the server set beside the session's own cookie, which no script can read. */
function csrfHeaders(method: string): Readonly<Record<string, string>> {
  const token = ['__Host-kura_csrf', 'kura_csrf'].map(cookieNamed).find((value) => value !== undefined);
  return method === 'GET' || token === undefined ? {} : { 'x-kura-csrf': token };
}

/** Over TLS its name has a prefix (`session-cookies.ts` of the server). */
function cookieNamed(name: string): string | undefined {
  const pair = document.cookie.split('; ').find((one) => one.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

/** Same origin; the session cookie is the credential, the page's language that of every text in the answer. */
export function ask({
  method,
  path,
  body,
  headers,
  signal,
}: Pick<ApiRequest, 'method' | 'path'> & Partial<ApiRequest>): Promise<Response> {
  return fetch(path, {
    method,
    headers: {
      ...headers,
      ...csrfHeaders(method),
      accept: 'application/json',
      'x-kura-language': document.documentElement.lang,
    },
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
}

async function viaFetch(request: ApiRequest): Promise<ApiResponse> {
  const response = await ask(request);
  return { status: response.status, body: await response.text() };
}

export const api = createApiClient(viaFetch);

/** Whether the server no longer knows who calls. */
export function isSessionOver(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.status === 401;
}
