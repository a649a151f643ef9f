/** JSON sidecars and configurations: the syntax, and what in them makes a loader run something. */
import type { ByteSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { judgeTemplate } from './chat-template.ts';
import { judgeConfigTree } from './config-rules.ts';
import { decodeText } from './decode-text.ts';
import { JsonFault, JsonObject, type JsonValue, parseStrictJson } from './strict-json.ts';

export async function scanJson(scope: Scope, source: ByteSource): Promise<void> {
  const { jsonBytes, textDepth } = scope.context.limits;
  if (source.size > jsonBytes) throw new ScanStop('json-broken', { evidence: `${source.size} bytes` });
  const text = decodeText(source);
  if (text === undefined) throw new ScanStop('json-broken', { offset: 0, evidence: 'not UTF-8' });
  let tree: JsonValue;
  try {
    tree = parseStrictJson(text, textDepth);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new ScanStop('json-broken', { offset: error.position, evidence: error.message });
  }
  judgeConfigTree(scope, tree);
  judgeTemplates(scope, tree);
}

/** `chat_template` of tokenizer configurations: one template, or a list of named ones. */
function judgeTemplates(scope: Scope, tree: JsonValue): void {
  if (!(tree instanceof JsonObject)) return;
  for (const [key, value] of tree.entries.filter(([key]) => key === 'chat_template')) {
    if (typeof value === 'string') judgeTemplate(scope, value, key);
    if (!Array.isArray(value)) continue;
    for (const item of value) {
      for (const [name, template] of item instanceof JsonObject ? item.entries : []) {
        if (name === 'template' && typeof template === 'string') judgeTemplate(scope, template, key);
      }
    }
  }
}
