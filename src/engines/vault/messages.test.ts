import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

describe('messages', () => {
  it('exist in both languages, with advice, for every code this engine can give', async () => {
    const folder = import.meta.dirname;
    const names = await readdir(folder, { recursive: true });
    const sources = names.filter((name) => /(?<!\.test)\.ts$/u.test(name) && !/^(messages|testing)\b/u.test(name));
    const texts = await Promise.all(sources.map((name) => readFile(join(folder, name), 'utf8')));
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
