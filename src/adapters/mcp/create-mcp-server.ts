/** One server of the protocol for one assistant: the tools, resources and prompts that its caller may use. */
import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';

import type { Assistant } from './assistant.ts';
import { callTool } from './call-tool.ts';
import { offerPrompts } from './offer-prompts.ts';
import { offerResources } from './offer-resources.ts';
import type { Sdk } from './sdk.ts';
import { wordsOf } from './tool.ts';
import { toolsFor } from './tools/all-tools.ts';

export interface McpServerOptions {
  readonly assistant: Assistant;
  readonly version: string;
  /** Offers nothing that writes. */
  readonly readOnly: boolean;
  /** What the client is called where the protocol does not say it. */
  readonly client?: string | undefined;
}

/** List elements and fields of one call. */
const mostElements = 1000;

export function createMcpServer(sdk: Sdk, options: McpServerOptions): McpServer {
  const { assistant, version, readOnly } = options;
  const { translator } = assistant;
  const server = new sdk.McpServer(
    { name: 'kura', title: 'Kura', version },
    {
      instructions: translator.text('mcp.instructions'),
      // What a caller may see is decided anew with each call; nobody is told that it changed.
      capabilities: {
        tools: { listChanged: false },
        resources: { listChanged: false, subscribe: false },
        prompts: { listChanged: false },
      },
      maxToolInputElements: mostElements,
    },
  );
  for (const tool of toolsFor(assistant.permissions, readOnly)) {
    const key = wordsOf('tool', tool.name);
    server.registerTool(
      tool.name,
      {
        title: translator.text(key),
        description: translator.text(`${key}.about`),
        inputSchema: tool.input,
        outputSchema: tool.output.extend({ notice: z.string() }),
        annotations: {
          readOnlyHint: !tool.writes,
          destructiveHint: false,
          idempotentHint: !tool.writes,
          openWorldHint: tool.reachesOut,
        },
      },
      (input, context) => {
        const client = clientOf(sdk, server, context) ?? options.client ?? '';
        return callTool(tool, input, { assistant, signal: context.mcpReq.signal, client });
      },
    );
  }
  offerResources(sdk, server, assistant);
  offerPrompts(server, assistant, readOnly);
  return server;
}

const clientSchema = z.object({ name: z.string(), version: z.string().optional() });
const longestClient = 100;

/** What the program calls itself: with each request in newer revisions of the protocol, once at the start in older ones. */
function clientOf(sdk: Sdk, { server }: McpServer, { mcpReq }: ServerContext): string | undefined {
  const envelope: Readonly<Record<string, unknown>> = { ...mcpReq.envelope };
  const said = clientSchema.safeParse(envelope[sdk.CLIENT_INFO_META_KEY] ?? server.getClientVersion());
  if (!said.success) return undefined;
  const { name, version } = said.data;
  return [name, version].join(' ').trim().slice(0, longestClient);
}
