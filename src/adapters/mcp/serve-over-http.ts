/**
 * The protocol over HTTP, one request at a time: nothing is kept between two of them, so each is judged by what its key
 * may do at that moment, and any node can answer it.
 */
import type { IncomingHttpHeaders } from 'node:http';

import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { type Caller, requirePermission } from '#platform/access';
import { callInProcess, credentialsOf, implement, type RequestContext, type RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';
import type { Logger } from '#platform/log';
import type { Metrics } from '#platform/metrics';
import { actorOfCaller, type UnitOfWork } from '#platform/unit-of-work';

import type { Assistant } from './assistant.ts';
import { auditOf } from './audit-of.ts';
import { mcpCall, mcpEnd, mcpListen } from './contract/index.ts';
import { createMcpServer } from './create-mcp-server.ts';
import { logCall } from './log-call.ts';
import { loadSdk } from './sdk.ts';
import { allTools } from './tools/all-tools.ts';

export interface McpRoutesDeps {
  readonly version: string;
  readonly translators: Readonly<Record<Language, Translator>>;
  readonly unitOfWork: UnitOfWork;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Where people open pages, when it is configured. */
  readonly publicUrl: () => string | undefined;
  /** All handlers of the server; asked for late because the list is still growing when this is built. */
  readonly handlers: () => readonly RouteHandler[];
}

export function mcpRoutes(deps: McpRoutesDeps): readonly RouteHandler[] {
  const calls = deps.metrics.counter('kura_mcp_calls_total', 'Tool calls of assistants by tool and result.', [
    'tool',
    'result',
  ]);
  const noted = { ...deps, countCall: (tool: string, result: string) => calls.inc({ tool, result }) };
  return [
    implement(mcpCall, ({ body }, context) => answer(noted, body, context)),
    implement(mcpListen, async (_input, context) => refuseSession(context)),
    implement(mcpEnd, async (_input, context) => refuseSession(context)),
  ];
}

type Deps = McpRoutesDeps & { readonly countCall: (tool: string, result: string) => void };

async function answer(deps: Deps, body: unknown, context: RequestContext): Promise<string> {
  const caller = admit(context);
  if (Array.isArray(body)) throw new KuraError('invalid', 'mcp.one-at-a-time');
  askPermission(body, caller);
  const sdk = await loadSdk();
  const assistant = assistantOf(deps, caller, context);
  const { version } = deps;
  const client = context.client?.userAgent;
  const handler = sdk.createMcpHandler(() => createMcpServer(sdk, { assistant, version, readOnly: false, client }), {
    // One answer per request; what would stay open is refused.
    responseMode: 'json',
    maxSubscriptions: 0,
    onerror: (error) => deps.logger.debug('mcp.refused', { requestId: context.requestId, reason: error.message }),
  });
  try {
    const response = await handler.fetch(requestOf(context.headers ?? {}), { parsedBody: body });
    context.reply.status?.(response.status);
    const type = response.headers.get('content-type');
    if (type !== null) context.reply.header('content-type', type);
    return await response.text();
  } finally {
    await handler.close();
  }
}

/**
 * A key, never a cookie: no web page can make a browser speak here in somebody's name. And no page of another site at
 * all, which the protocol asks for.
 */
function admit({ caller, client, headers = {} }: RequestContext): Caller {
  const { origin } = headers;
  const host = origin === undefined ? undefined : URL.parse(origin)?.host;
  if (origin !== undefined && (host === undefined || host !== client?.host)) {
    throw new KuraError('forbidden', 'access.foreign-origin');
  }
  if (caller === undefined) throw new KuraError('unauthenticated', 'access.login-required');
  if (credentialsOf(headers, false).bearer === undefined) throw new KuraError('unauthenticated', 'mcp.bearer-required');
  return caller;
}

const toolCallSchema = z.object({ method: z.literal('tools/call'), params: z.object({ name: z.string() }) });

/** A tool that the caller may not use is refused as a route would be, with its line in the audit log. */
function askPermission(body: unknown, caller: Caller): void {
  const call = toolCallSchema.safeParse(body);
  const tool = call.success ? allTools.find(({ name }) => name === call.data.params.name) : undefined;
  if (tool !== undefined) requirePermission(tool.permission, caller);
}

function refuseSession(context: RequestContext): string {
  admit(context);
  context.reply.status?.(405);
  context.reply.header('allow', 'POST');
  return '';
}

function assistantOf(deps: Deps, caller: Caller, context: RequestContext): Assistant {
  const { client, requestId, language } = context;
  const own = `${client?.secure === true ? 'https' : 'http'}://${client?.host ?? 'localhost'}`;
  const site = (deps.publicUrl() ?? own).replace(/\/$/, '');
  return {
    permissions: caller.permissions,
    translator: deps.translators[language],
    pageUrl: (path) => `${site}${path}`,
    call: (route, input, signal) => {
      const asked = {
        ...context,
        signal: AbortSignal.any([signal, context.signal]),
        reply: { header: () => undefined },
      };
      return callInProcess(deps.handlers(), route, input, asked);
    },
    noteCall: (ended) => {
      deps.countCall(ended.tool, ended.result);
      logCall(deps.logger, ended, requestId);
    },
    noteWrite: (write) =>
      deps.unitOfWork.write(actorOfCaller(caller, requestId), (tx) => tx.audit(auditOf(write, 'http'))),
  };
}

/** The protocol reads its headers itself. */
function requestOf(headers: IncomingHttpHeaders): Request {
  const known = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name === 'content-length' ? [] : [[name, [value].flat().join(', ')] as [string, string]],
  );
  return new Request('http://localhost/mcp', { method: 'POST', headers: known });
}
