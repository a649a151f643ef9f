/** The typed client of the API over route contracts, for the web and for `--server`. Safe for browsers. */
import type { z } from 'zod';

import {
  type Pieces,
  type Problem,
  problemSchema,
  type RouteCall,
  type RouteContract,
  type RouteOutput,
  streamedFile,
} from './route-contract.ts';

export interface ApiRequest {
  readonly method: string;
  /** Path with query, starting with a slash. */
  readonly path: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

export interface ApiResponse {
  readonly status: number;
  readonly body: string;
}

/** How a request travels: `fetch` in the browser, the outbound client on the command line. */
export type ApiTransport = (request: ApiRequest) => Promise<ApiResponse>;

/** The server answered with a problem; `problem` is what it said, in the caller's language. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

export interface ApiClient {
  call<Route extends RouteContract>(
    route: Route,
    input?: RouteCall<Route>,
    signal?: AbortSignal,
  ): Promise<RouteOutput<Route>>;
}

export function createApiClient(send: ApiTransport, headers: Readonly<Record<string, string>> = {}): ApiClient {
  return {
    async call(route, input, signal) {
      const body = input?.body === undefined ? undefined : JSON.stringify(input.body);
      const response = await send({
        method: route.method,
        path: pathOf(route, input),
        body,
        headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        signal,
      });
      return readResponse(route, response);
    },
  };
}

function readResponse<Route extends RouteContract>(route: Route, response: ApiResponse): RouteOutput<Route> {
  if (response.status >= 400) throw refusalIn(route, response);
  if (route.output === streamedFile) return route.output.parse(inOnePiece(response.body)) as z.output<Route['output']>;
  const value: unknown = response.body === '' ? undefined : parseJson(response.body);
  return route.output.parse(value) as z.output<Route['output']>;
}

/** What a status of 400 and above says: an `ApiProblem`, when the body is one. */
export function refusalIn({ method, path }: RouteContract, { status, body }: ApiResponse): Error {
  const problem = problemSchema.safeParse(parseJson(body));
  return problem.success ? new ApiProblem(problem.data) : new Error(`${method} ${path}: HTTP ${status}`);
}

async function* inOnePiece(body: string): Pieces {
  yield body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Path with query, starting with a slash: where a browser itself fetches what a route gives. */
export function pathOf<Route extends RouteContract>(route: Route, input: RouteCall<Route> | undefined): string {
  const params = new Map(Object.entries(input?.params ?? {}));
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params.get(name))));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input?.query ?? {})) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
