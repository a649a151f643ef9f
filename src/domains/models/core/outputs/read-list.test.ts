import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { readList } from './read-list.ts';

/** Takes numbers and addresses. */
function check(ref: string): void {
  if (!/^@?\d+(?:@\d+)?$|^https:|^sha256:/.test(ref)) {
    throw new KuraError('invalid', 'civitai.ref-invalid', { params: { ref } });
  }
}

function read(text: string) {
  const { refs, badLines } = readList(text, check);
  return [refs, badLines.map(({ line }) => line)];
}

describe('a saved list', () => {
  it('is read in every form in which people keep one', () => {
    const forms = {
      ids: '12\n@34\n56@78\n',
      'ids with CRLF, BOM and comments': '\uFEFF# mine\r\n12 # first\r\n\r\n@34\r\n56@78',
      'JSON of ids': '[12, "@34", "56@78"]',
      'JSON of objects': '[{"id":12},{"versionId":34},{"modelId":56,"versionId":78}]',
      'an answer': '{"items":[{"modelId":12},{"versionId":34},{"modelId":56,"versionId":78,"name":"x"}]}',
      'JSON Lines': '{"id":12}\n{"versionId":"34"}\n\n{"modelId":56,"versionId":78}\n',
      CSV: 'name,ref\r\n"a ""b""",12\r\n"two\nlines",@34\r\nc,56@78\r\n',
    };
    for (const [name, text] of Object.entries(forms)) assert.deepEqual(read(text), [['12', '@34', '56@78'], []], name);
  });

  it('tells its bad lines by number, and keeps the others', () => {
    assert.deepEqual(read('12\n\nnot a model\n@34\n???\n'), [
      ['12', '@34'],
      [3, 5],
    ]);
    assert.deepEqual(read('{"id":12}\n{broken\n{"name":"x"}\n{"versionId":34}'), [
      ['12', '@34'],
      [2, 3],
    ]);
    assert.deepEqual(read('name,id\nx,12\n"two\nlines",\ny,abc\nz,34'), [
      ['12', '34'],
      [3, 5],
    ]);
    assert.deepEqual(read('[{"id":12},{"id":-1},{"versionId":34}]'), [['12', '@34'], [2]]);
    const [bad] = readList('nothing here', check).badLines;
    assert.deepEqual(bad, { line: 1, reason: { code: 'civitai.ref-invalid', params: { ref: 'nothing here' } } });
  });

  it('is refused when it is no text, or endless', () => {
    for (const text of ['12\n\0\n', `${'1'.repeat(32 * MIB)}\n`]) {
      assert.throws(() => readList(text, check), /models\.bad-list/);
    }
  });
});
