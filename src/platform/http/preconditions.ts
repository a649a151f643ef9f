/** `If-Match` and `If-None-Match` of writes (RFC 9110 §13.1): nobody changes what they have not seen. */
import type { IncomingHttpHeaders } from 'node:http';

import { isKuraError, KuraError } from '#kernel/errors';
import { authorizeAccess } from '#platform/access';
import { entityTagOf, namesTag } from './entity-tags.ts';
import { parseInput } from './parse-input.ts';
import { collectHeaders, type RequestContext, type RouteHandler } from './route-handler.ts';

export interface ConditionalWrite {
  readonly headers: IncomingHttpHeaders;
  /** What can be read at the same address; undefined where nothing can. */
  readonly reader: RouteHandler | undefined;
  readonly params: unknown;
  readonly context: RequestContext;
  /** Names the thing: of two conditional writes on it, the second is judged after the first. */
  readonly address: string;
}

export interface Preconditions {
  /** @throws KuraError stale `http.changed-meanwhile`, `http.no-entity-tag`; forbidden for callers who may not read it */
  whenTrue<Result>(write: ConditionalWrite, carryOut: () => Promise<Result>): Promise<Result>;
}

/** Of this process: writes without a condition, and those of other processes, go on meanwhile. */
export function createPreconditions(): Preconditions {
  const last = new Map<string, Promise<unknown>>();

  async function judged<Result>(write: ConditionalWrite, carryOut: () => Promise<Result>): Promise<Result> {
    await requireTrue(write);
    return carryOut();
  }

  return {
    async whenTrue(write, carryOut) {
      const { headers, address } = write;
      if (headers['if-match'] === undefined && headers['if-none-match'] === undefined) return carryOut();
      const before = last.get(address) ?? Promise.resolve();
      const turn = before.then(() => judged(write, carryOut));
      const over = turn.catch(() => undefined);
      last.set(address, over);
      try {
        return await turn;
      } finally {
        if (last.get(address) === over) last.delete(address);
      }
    },
  };
}

async function requireTrue(write: ConditionalWrite): Promise<void> {
  const { headers, reader } = write;
  if (reader === undefined) throw new KuraError('stale', 'http.no-entity-tag');
  const tag = await presentTag(write, reader);
  const wanted = headers['if-match'];
  const unwanted = headers['if-none-match'];
  const holds = (wanted === undefined || namesTag(wanted, tag)) && (unwanted === undefined || !namesTag(unwanted, tag));
  if (!holds) throw new KuraError('stale', 'http.changed-meanwhile');
}

/** Undefined when there is nothing at the address. */
async function presentTag({ params, context }: ConditionalWrite, reader: RouteHandler): Promise<string | undefined> {
  authorizeAccess(reader.route.access, context.caller);
  const input = parseInput(reader.route, { params, query: {}, body: undefined }, context.language);
  const { headers, reply } = collectHeaders();
  try {
    const payload = reader.route.output.parse(await reader.handle(input, { ...context, reply }));
    return headers.find(([name]) => name === 'etag')?.[1] ?? entityTagOf(payload);
  } catch (error) {
    if (isKuraError(error) && error.kind === 'not-found') return undefined;
    throw error;
  }
}
