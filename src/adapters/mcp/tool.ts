/** A tool is data: name, permission, schemas, and what it asks of Kura. Words: `mcp.tool.NAME` and `….about`. */
import type { z } from 'zod';

import type { Permission } from '#platform/contract';

import type { Assistant } from './assistant.ts';

export interface ToolCall {
  readonly assistant: Assistant;
  readonly signal: AbortSignal;
  /** Name and version of the program that calls. */
  readonly client: string;
}

export interface Tool {
  /** `verb_noun`, as the protocol's other servers do. */
  readonly name: string;
  /** That of the route behind it. */
  readonly permission: Permission;
  readonly writes: boolean;
  /** Whether it may ask CivitAI. */
  readonly reachesOut: boolean;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  readonly run: (input: unknown, call: ToolCall) => Promise<Readonly<Record<string, unknown>>>;
}

interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly name: string;
  readonly permission: Permission;
  readonly writes?: boolean;
  readonly reachesOut?: boolean;
  readonly input: Input;
  readonly output: Output;
  readonly run: (input: z.output<Input>, call: ToolCall) => Promise<z.input<Output>>;
}

export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  return {
    writes: false,
    reachesOut: false,
    ...definition,
    run: async (input, call) => definition.run(definition.input.parse(input), call),
  };
}

/** Message key of a tool, resource or prompt: `search_knowledge` → `mcp.tool.search-knowledge`. */
export function wordsOf(kind: 'tool' | 'resource' | 'prompt', name: string): string {
  return `mcp.${kind}.${name.replaceAll('_', '-')}`;
}
