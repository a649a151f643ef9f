/** One call of a tool: result, failure and limits in the form of the protocol. */
import type { CallToolResult } from '@modelcontextprotocol/server';

import { KuraError, toKuraError } from '#kernel/errors';
import { ApiProblem } from '#platform/contract';
import { describeError, type Translator } from '#platform/i18n';

import { visibleOnly } from './plain-text.ts';
import type { Tool, ToolCall } from './tool.ts';

/** Characters of one answer: what a model can still read beside its conversation. */
const longestAnswer = 60_000;

/** A failure is an answer, too: the model reads what went wrong and what to do about it. */
export async function callTool(tool: Tool, input: unknown, call: ToolCall): Promise<CallToolResult> {
  const { assistant } = call;
  const started = performance.now();
  try {
    const { structuredContent, text } = await answerOf(tool, input, call);
    assistant.noteCall({ tool: tool.name, result: 'done', ms: performance.now() - started });
    return { content: [{ type: 'text', text }], structuredContent };
  } catch (error) {
    assistant.noteCall({ tool: tool.name, result: 'failed', ms: performance.now() - started, error });
    return { content: [{ type: 'text', text: failureText(error, assistant.translator) }], isError: true };
  }
}

interface Answer {
  readonly structuredContent: Record<string, unknown>;
  /** The same as JSON, for programs that read no structured content. */
  readonly text: string;
}

/** @throws KuraError limit `mcp.answer-too-long`, or what the tool throws */
async function answerOf(tool: Tool, input: unknown, call: ToolCall): Promise<Answer> {
  const notice = call.assistant.translator.text('mcp.notice');
  const structuredContent = { notice, ...(visibleOnly(await tool.run(input, call)) as Record<string, unknown>) };
  const text = JSON.stringify(structuredContent);
  if (text.length <= longestAnswer) return { structuredContent, text };
  throw new KuraError('limit', 'mcp.answer-too-long', { params: { length: text.length, most: longestAnswer } });
}

/** As a person would read it, with the code for the log. */
export function failureText(error: unknown, translator: Translator): string {
  const { title, advice, code } = wordsOfFailure(error, translator);
  return [title, advice, `[${code}]`].filter((part) => part !== undefined).join(' ');
}

function wordsOfFailure(error: unknown, translator: Translator) {
  if (!(error instanceof ApiProblem)) return describeError(toKuraError(error), translator);
  const { title, detail, code } = error.problem;
  return { title, advice: detail, code };
}
