/** Beginnings of conversations that lead through the tools in the right order. */
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

import type { Permission } from '#platform/contract';

import type { Assistant } from './assistant.ts';
import { wordsOf } from './tool.ts';

interface Prompt {
  readonly name: string;
  readonly argument: string;
  readonly needs: readonly Permission[];
}

const prompts: readonly Prompt[] = [
  { name: 'explain_protection', argument: 'job', needs: ['backups:read'] },
  { name: 'draft_incident', argument: 'what', needs: ['knowledge:read', 'knowledge:write'] },
];

export function offerPrompts(server: McpServer, { permissions, translator }: Assistant, readOnly: boolean): void {
  for (const { name, argument, needs } of prompts) {
    const writes = needs.some((permission) => permission.endsWith(':write'));
    if (!needs.every((permission) => permissions.has(permission)) || (writes && readOnly)) continue;
    const key = wordsOf('prompt', name);
    const argsSchema = z.object({ [argument]: z.string().min(1).max(2000) });
    const words = { title: translator.text(key), description: translator.text(`${key}.about`), argsSchema };
    server.registerPrompt(name, words, (given) => ({
      messages: [{ role: 'user', content: { type: 'text', text: translator.text(`${key}.text`, given) } }],
    }));
  }
}
