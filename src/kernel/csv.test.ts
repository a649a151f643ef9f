import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { csvLine, readCsv, readCsvRows } from './csv.ts';

describe('readCsv', () => {
  it('reads what spreadsheets write', () => {
    assert.deepEqual(readCsv('\uFEFFkey,title\r\na,"x, ""y""\nz"\r\n\r\nb,\n'), [
      ['key', 'title'],
      ['a', 'x, "y"\nz'],
      ['b', ''],
    ]);
    assert.deepEqual(readCsv('a,b,'), [['a', 'b', '']]);
  });

  it('says which rows have a quote that does not end, or that something follows', () => {
    assert.deepEqual(
      readCsvRows('a,"b\nc,"d"e\nf,"g"').map(({ unclosed }) => unclosed),
      [true, true, false],
    );
  });

  it('gives back every table that was quoted', () => {
    const cell = fc.string().map((text) => `x${text}`);
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }),
        fc.constantFrom('\n', '\r\n'),
        (rows, end) => {
          const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join(end);
          assert.deepEqual(readCsv(text), rows);
        },
      ),
    );
  });

  it('gives back every table that csvLine wrote', () => {
    const rows = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2 }), { minLength: 1 });
    fc.assert(
      fc.property(rows, (table) => {
        assert.deepEqual(readCsv(table.map((row) => csvLine(row)).join('')), table);
      }),
    );
  });
});
