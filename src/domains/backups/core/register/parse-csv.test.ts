import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { parseCsv } from './parse-csv.ts';

describe('parseCsv', () => {
  it('reads what spreadsheets write', () => {
    assert.deepEqual(parseCsv('\uFEFFkey,title\r\na,"x, ""y""\nz"\r\n\r\nb,\n'), [
      ['key', 'title'],
      ['a', 'x, "y"\nz'],
      ['b', ''],
    ]);
    assert.deepEqual(parseCsv('a,b,'), [['a', 'b', '']]);
    assert.throws(() => parseCsv('a,"b'), { code: 'backups.import-unreadable' });
  });

  it('gives back every table that was quoted', () => {
    const cell = fc.string().map((text) => `x${text}`);
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }),
        fc.constantFrom('\n', '\r\n'),
        (rows, end) => {
          const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join(end);
          assert.deepEqual(parseCsv(text), rows);
        },
      ),
    );
  });
});
