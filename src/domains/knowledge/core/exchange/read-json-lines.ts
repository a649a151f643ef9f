/** Records out of a JSON Lines file (https://jsonlines.org): UTF-8, one object per line, empty lines allowed. */
import { decodeText } from './decode-text.ts';
import { readRecord, skipBecause } from './import-record.ts';
import { readLines } from './read-lines.ts';
import type { SourceRecord } from './source-record.ts';
import { longestRecord } from './source-record.ts';

export async function* readJsonLines(path: string, signal: AbortSignal): AsyncGenerator<SourceRecord> {
  for await (const { number: line, bytes } of readLines(path, { limit: longestRecord, signal })) {
    if (bytes === undefined) {
      yield { file: path, line, read: skipBecause('knowledge.skip-too-large', { limit: longestRecord }) };
      continue;
    }
    const text = decodeText(bytes);
    if (typeof text !== 'string') {
      yield { file: path, line, read: text };
      // The line ends of UTF-16 are not those looked for here: what follows would only repeat the complaint.
      if (text.code === 'knowledge.skip-utf-16') return;
      continue;
    }
    if (text.trim() !== '') yield { file: path, line, read: parse(text) };
  }
}

function parse(text: string): SourceRecord['read'] {
  try {
    return readRecord(JSON.parse(text));
  } catch (error) {
    return skipBecause('knowledge.skip-no-json', { detail: error instanceof Error ? error.message : String(error) });
  }
}
