/** What an assistant can read without a tool: entries as Markdown, the state of library and protection as JSON. */
import type { McpServer, ReadResourceResult } from '@modelcontextprotocol/server';

import * as knowledge from '#knowledge/contract';
import type { Permission } from '#platform/contract';

import type { Assistant } from './assistant.ts';
import { failureText } from './call-tool.ts';
import { partOf, visibleOnly } from './plain-text.ts';
import { entryTemplate, entryUri, libraryUri, protectionOfJobTemplate, protectionUri } from './resource-uris.ts';
import type { Sdk } from './sdk.ts';
import { type Tool, wordsOf } from './tool.ts';
import { allTools } from './tools/all-tools.ts';

const mostListed = 50;
const longestBody = 60_000;

/** Resources that show what a tool answers. */
const documents = [
  { name: 'protection', tool: 'get_protection_status', uri: protectionUri },
  { name: 'library', tool: 'get_library_status', uri: libraryUri },
] as const;

export function offerResources(sdk: Sdk, server: McpServer, assistant: Assistant): void {
  const { translator } = assistant;
  function described(name: string, mimeType: string) {
    const key = wordsOf('resource', name);
    return { title: translator.text(key), description: translator.text(`${key}.about`), mimeType };
  }
  async function guarded<Answer>(read: () => Promise<Answer>): Promise<Answer> {
    try {
      return await read();
    } catch (error) {
      const code = sdk.ProtocolErrorCode.InvalidParams;
      throw new sdk.ProtocolError(code, failureText(error, translator));
    }
  }
  async function document(uri: string, tool: string, input: unknown, signal: AbortSignal): Promise<ReadResourceResult> {
    const answer = visibleOnly(await toolNamed(tool).run(input, { assistant, signal, client: '' }));
    return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(answer, undefined, 2) }] };
  }

  for (const { name, tool, uri } of documents) {
    if (!may(assistant, toolNamed(tool).permission)) continue;
    server.registerResource(name, uri, described(name, 'application/json'), (address, { mcpReq }) =>
      guarded(() => document(address.href, tool, {}, mcpReq.signal)),
    );
  }
  if (may(assistant, 'backups:read')) {
    const template = new sdk.ResourceTemplate(protectionOfJobTemplate, { list: undefined });
    const words = described('job-protection', 'application/json');
    server.registerResource('job-protection', template, words, (uri, { job }, { mcpReq }) =>
      guarded(() => document(uri.href, 'get_job_protection', { job: decoded(job) }, mcpReq.signal)),
    );
  }
  if (!may(assistant, 'knowledge:read')) return;
  const template = new sdk.ResourceTemplate(entryTemplate, {
    list: ({ mcpReq }) => guarded(() => listEntries(assistant, mcpReq.signal)),
  });
  const words = described('entry', 'text/markdown');
  server.registerResource('entry', template, words, (uri, { id }, { mcpReq }) =>
    guarded(() => readEntry(assistant, uri.href, decoded(id), mcpReq.signal)),
  );
}

/** The last changed entries; what is older is found by searching. */
async function listEntries(assistant: Assistant, signal: AbortSignal) {
  const { items } = await assistant.call(knowledge.listEntries, { query: { limit: mostListed } }, signal);
  const resources = items.map(({ id, title, updatedAt }) => ({
    uri: entryUri(id),
    name: id,
    title: String(visibleOnly(title)),
    mimeType: 'text/markdown',
    annotations: { lastModified: updatedAt },
  }));
  return { resources };
}

async function readEntry(
  assistant: Assistant,
  uri: string,
  id: string,
  signal: AbortSignal,
): Promise<ReadResourceResult> {
  const entry = await assistant.call(knowledge.readEntry, { params: { id } }, signal);
  const { text, nextOffset } = partOf(entry.body, 0, longestBody);
  const { translator } = assistant;
  const facts = [entry.type, entry.status, ...entry.tags, entry.updatedAt].join(' · ');
  const more = nextOffset === null ? [] : [translator.text('mcp.entry-goes-on', { id: entry.id, offset: nextOffset })];
  const parts = [`> ${translator.text('mcp.notice')}`, `# ${entry.title}`, facts, text, ...more];
  return { contents: [{ uri, mimeType: 'text/markdown', text: String(visibleOnly(parts.join('\n\n'))) }] };
}

function may({ permissions }: Assistant, permission: Permission): boolean {
  return permissions.has(permission);
}

function toolNamed(name: string): Tool {
  const tool = allTools.find((one) => one.name === name);
  if (tool === undefined) throw new RangeError(`no tool ${name}`);
  return tool;
}

/** A variable as it stands in the address. */
function decoded(variable: string | string[] | undefined): string {
  return decodeURIComponent([variable ?? ''].flat().join(','));
}
