/**
 * A route is data. From this one description come the validation on the server, the OpenAPI document, the typed client
 * of web and command line, the permission check, and the tests that every route has one handler. Safe for browsers.
 */
import { z } from 'zod';

import type { Permission } from './permission.ts';
import type { RateClass } from './rate-class.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call: the holder of a permission, or everybody, for a reason that is written down. */
export type Access = Permission | { readonly public: string };

export interface RouteContract<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  /** `module.verb-noun`; label of metrics, operationId, key of the summary message `route.<id>`. */
  readonly id: string;
  readonly method: Method;
  /** Fastify style: `/api/v1/models/:modelId`. */
  readonly path: string;
  readonly access: Access;
  /** What some values of the input need besides; the handler checks it. */
  readonly also: readonly Permission[];
  /** What the request counts against; `api` unless said otherwise. */
  readonly limit: RateClass;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Longest body in bytes; 8 MiB unless said otherwise. */
  readonly bodyBytes?: number | undefined;
  /** Parts of the body are validated one by one by the handler, which then also refuses text that cannot be stored. */
  readonly judgesParts?: boolean | undefined;
  readonly output: Output;
  /** Status of success; 200 unless said otherwise. */
  readonly status: 200 | 201 | 202 | 204;
  /** Error codes a caller should be ready for, beside validation and access. */
  readonly errors: readonly string[];
}

export type RouteInput<Route extends RouteContract> = {
  readonly params: z.output<Route['params']>;
  readonly query: z.output<Route['query']>;
  readonly body: z.output<Route['body']>;
};

/** What a caller passes: parts without required fields may be left out. */
export type RouteCall<Route extends RouteContract> = {
  readonly params?: z.input<Route['params']>;
  readonly query?: z.input<Route['query']>;
  readonly body?: z.input<Route['body']>;
};

export type RouteOutput<Route extends RouteContract> = z.output<Route['output']>;

const nothing = z.strictObject({});

/** Text is UTF-8. */
export type Pieces = AsyncIterable<string | Uint8Array>;

/**
 * Output of routes whose answer is a file, sent piece by piece as it is made; handlers set its type and name as headers.
 * Should it break off, so does the connection, and no client takes what arrived for the whole.
 */
export const streamedFile = z.custom<Pieces>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
);

interface RouteDefinition<Params, Query, Body, Output> {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly access: Access;
  readonly also?: readonly Permission[];
  readonly limit?: RateClass;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly bodyBytes?: number;
  readonly judgesParts?: boolean;
  readonly output: Output;
  readonly status?: 200 | 201 | 202 | 204;
  readonly errors?: readonly string[];
}

export function defineRoute<
  Output extends z.ZodType,
  Params extends z.ZodObject = typeof nothing,
  Query extends z.ZodObject = typeof nothing,
  Body extends z.ZodType = z.ZodUndefined,
>(definition: RouteDefinition<Params, Query, Body, Output>): RouteContract<Params, Query, Body, Output> {
  const parts = {
    params: nothing,
    query: nothing,
    body: z.undefined(),
    status: 200 as const,
    errors: [],
    also: [],
    limit: 'api',
  };
  return { ...parts, ...definition } as RouteContract<Params, Query, Body, Output>;
}

/** RFC 9457 problem details as Kura writes them. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  instance: z.string(),
  code: z.string(),
  errorId: z.string(),
  requestId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

export type Problem = z.output<typeof problemSchema>;
