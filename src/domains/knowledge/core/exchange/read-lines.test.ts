import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import * as fc from 'fast-check';

import { readLines } from './read-lines.ts';

const limit = 300_000;

describe('reading lines', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-lines-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function linesOf(content: string): Promise<ReadonlyArray<readonly [number, string | undefined]>> {
    const path = join(folder, 'lines');
    await writeFile(path, content);
    const lines: Array<readonly [number, string | undefined]> = [];
    for await (const { number, bytes } of readLines(path, { limit, signal: new AbortController().signal })) {
      lines.push([number, bytes === undefined ? undefined : Buffer.from(bytes).toString()]);
    }
    return lines;
  }

  it('gives every line with its number, wherever the reads are cut, and passes over those that are too long', async () => {
    const length = fc.oneof(fc.nat(40), fc.integer({ min: 262_100, max: 262_200 }), fc.constantFrom(limit, limit + 1));
    await fc.assert(
      fc.asyncProperty(fc.array(length, { maxLength: 6 }), async (lengths) => {
        const texts = lengths.map((one, index) => String(index).repeat(one).slice(0, one));
        const expected = texts.map((text, index) => [index + 1, text.length > limit ? undefined : text]);
        assert.deepEqual(await linesOf(texts.map((text) => `${text}\n`).join('')), expected);
      }),
      { numRuns: 30 },
    );
  });

  it('gives a last line without an end', async () => {
    assert.deepEqual(await linesOf('a\n\nb'), [
      [1, 'a'],
      [2, ''],
      [3, 'b'],
    ]);
    assert.deepEqual(await linesOf(''), []);
  });
});
