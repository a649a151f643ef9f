/** JSON sidecars and configurations: the syntax, and what in them makes a loader run something. */
import type { ByteSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { judgeConfigTree } from './config-rules.ts';
import { decodeText } from './decode-text.ts';
import { readLooseJson } from './strict-json.ts';

export async function scanJson(scope: Scope, source: ByteSource): Promise<void> {
  const { jsonBytes, textDepth } = scope.context.limits;
  if (source.size > jsonBytes) throw new ScanStop('json-broken', { evidence: `${source.size} bytes` });
  const text = decodeText(source);
  if (text === undefined) throw new ScanStop('json-broken', { offset: 0, evidence: 'not UTF-8' });
  const lines = scope.names.some((name) => /\.(?:jsonl|ndjson)$/i.test(name));
  for (const part of lines ? text.split('\n').filter((line) => line.trim() !== '') : [text]) {
    const { values, fault } = readLooseJson(part, textDepth);
    for (const value of values) judgeConfigTree(scope, value);
    if (fault !== undefined) throw new ScanStop('json-broken', { offset: fault.position, evidence: fault.message });
    if (lines && scope.context.needsBreath()) await scope.context.breathe();
  }
}
