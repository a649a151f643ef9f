import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

describe('messages', () => {
  it('exist in both languages, with advice, for every code this engine can give', async () => {
    const folder = new URL('./', import.meta.url);
    const sources = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    const texts = await Promise.all(sources.map((name) => readFile(new URL(name, folder), 'utf8')));
    const codes = new Set(texts.flatMap((text) => text.match(/(?<=')vault\.[a-z-]+(?=')/g) ?? []));
    assert.ok(codes.size > 30, `only ${codes.size} codes found`);
    const expected = [...codes].flatMap((code) => [code, `${code}.advice`]).sort();
    assert.deepEqual(Object.keys(en).sort(), expected);
  });

  it('use the same parameters in both languages', () => {
    for (const [key, text] of Object.entries<string>(en)) {
      assert.deepEqual(
        parameters(Object.entries<string>(ja).find(([other]) => other === key)?.[1] ?? ''),
        parameters(text),
        key,
      );
    }
  });
});

function parameters(text: string): string[] {
  return [...new Set(text.match(/\{[a-zA-Z0-9]+\}/g) ?? [])].sort();
}
