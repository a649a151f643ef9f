/** The one address of the Model Context Protocol (streamable HTTP). What travels there is JSON-RPC, not this API. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

const path = '/mcp';

/** Without a bearer nobody gets in; what a caller may do is asked of each tool, as of the routes behind them. */
const byTool = { public: 'each tool and resource asks for the permission of the route behind it' } as const;

export const mcpCall = defineRoute({
  id: 'mcp.call',
  method: 'POST',
  path,
  access: byTool,
  /** One JSON-RPC message; the protocol says what it holds. */
  // Every tool calls a route, which validates what it is given.
  judgesParts: true,
  body: z.unknown(),
  bodyBytes: 1024 * 1024,
  output: z.string(),
  errors: ['mcp.bearer-required', 'mcp.one-at-a-time', 'access.foreign-origin', 'access.permission-missing'],
});

/** Nothing is kept between two calls, so there is nothing to listen to: the protocol wants 405 here. */
export const mcpListen = defineRoute({
  id: 'mcp.listen',
  method: 'GET',
  path,
  access: byTool,
  output: z.string(),
  errors: ['mcp.bearer-required', 'access.foreign-origin'],
});

/** And no session to end. */
export const mcpEnd = defineRoute({
  id: 'mcp.end',
  method: 'DELETE',
  path,
  access: byTool,
  output: z.string(),
  errors: ['mcp.bearer-required', 'access.foreign-origin'],
});
