/**
 * Kura for assistants: a server of the Model Context Protocol (K-120) by its official SDK, over HTTP and over standard
 * input and output. Its tools call the routes of the API and can do nothing that their caller may not (ADR 0029).
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export type { Assistant, AssistantWrite, FinishedCall } from './assistant.ts';
export { auditOf } from './audit-of.ts';
export { logCall } from './log-call.ts';
export { type McpRoutesDeps, mcpRoutes } from './serve-over-http.ts';
export { type StdioOptions, serveOverStdio } from './serve-over-stdio.ts';
export const mcpMessages: Catalogues = { en, ja };
