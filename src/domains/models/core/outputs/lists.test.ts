import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { csvLine, readCsv } from '#kernel/csv';
import { type FoundModel, foundModelSchema } from '../../contract/index.ts';
import { cellOf, findColumn, listColumns } from './list-columns.ts';
import { openListFile } from './list-file.ts';
import { createListWriter, type ListFormat, type ListFormatOptions, listFormats } from './list-format.ts';
import { referencesIn } from './read-list.ts';

const digest = 'ab'.repeat(32);

function item(fields: Partial<FoundModel> = {}): FoundModel {
  return foundModelSchema.parse({
    modelId: 12,
    versionId: 34,
    name: 'Lantern, "paper"',
    versionName: 'v1',
    type: 'LORA',
    baseModel: 'SDXL 1.0',
    creator: '墨田工房',
    tags: ['style', '提灯'],
    trainedWords: ['lantern'],
    nsfwLevel: 1,
    rating: 'safe',
    license: {
      allowCommercialUse: ['Image'],
      allowNoCredit: null,
      allowDerivatives: true,
      allowDifferentLicense: false,
    },
    stats: { downloads: 5, thumbsUp: null, thumbsDown: null, comments: 0 },
    publishedAt: '2026-01-01T00:00:00.000Z',
    updatedAt: null,
    gated: false,
    quality: { score: 12.5, parts: [] },
    pageUrl: 'https://civitai.com/models/12?modelVersionId=34',
    previewUrl: null,
    files: [
      { fileId: 55, name: 'vae.pt', type: 'VAE', sizeBytes: 9, format: null, hashes: {}, chosen: false },
      {
        fileId: 56,
        name: '../a\nout=b.safetensors',
        type: 'Model',
        sizeBytes: 70,
        format: 'SafeTensor',
        hashes: { SHA256: digest },
        chosen: true,
      },
    ],
    ...fields,
  });
}

const around = {
  stages: [],
  asOf: null,
  sent: [],
  contributions: [],
  warnings: [],
  relaxations: [],
  stopped: 'end',
} as const;
const answer = { ...around, order: { asked: null, used: 'Highest Rated', by: 'site' } } as const;

function written(format: ListFormat, items: readonly FoundModel[], options?: ListFormatOptions): string {
  const writer = createListWriter(format, options);
  return writer.head + items.map((one) => writer.item(one)).join('') + writer.end(answer);
}

describe('a list', () => {
  it('is read back by get --from in every format', () => {
    const items = [item(), item({ modelId: 13, versionId: 35 })];
    const byAddress = [34, 35].map((id) => `https://civitai.com/api/download/models/${id}?fileId=56`);
    for (const format of listFormats) {
      const refs = referencesIn(written(format, items));
      const isByAddress = ['csv', 'urls', 'aria2'].includes(format);
      assert.deepEqual(refs, isByAddress ? byAddress : ['12@34', '13@35'], format);
    }
    assert.deepEqual(referencesIn(written('csv', items, { columns: ['ID'], bom: true })), ['12', '13']);
    assert.deepEqual(referencesIn(written('csv', items, { columns: ['Name', 'SHA256'] })), [
      `sha256:${digest}`,
      `sha256:${digest}`,
    ]);
  });

  it('may be written by hand', () => {
    const text = '\uFEFF# mine\r\n123@456 # why\r\n\r\nhttps://civitai.com/models/1#comments\n  @77\n';
    assert.deepEqual(referencesIn(text), ['123@456', 'https://civitai.com/models/1#comments', '@77']);
  });

  it('is read without surprise whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const ref of referencesIn(text)) assert.notEqual(ref.trim(), '');
      }),
    );
  });

  it('is whole JSON, also without items', () => {
    assert.deepEqual(JSON.parse(written('json', [])), { items: [], ...answer });
    assert.deepEqual(JSON.parse(written('json', [item(), item()])), { items: [item(), item()], ...answer });
  });

  it('says of each permission whether it is granted, and nothing where the creator said nothing', () => {
    const [head, row] = readCsv(written('csv', [item()]));
    const cells = Object.fromEntries((head ?? []).map((name, index) => [name, row?.[index]]));
    const { Image, Sell, Derivatives, Different_License, No_Credit } = cells;
    assert.deepEqual([Image, Sell, Derivatives, Different_License, No_Credit], ['1', '0', '1', '0', '']);
    const { Primary_Category, Likes, Comments, SHA256 } = cells;
    assert.deepEqual([Primary_Category, Likes, Comments, SHA256], ['style', '', '0', digest]);
  });

  it('gives aria2 a name that stays in its folder, a checksum and nothing else', () => {
    const text = written('aria2', [item()]);
    assert.deepEqual(text.split('\n').slice(1), [
      'https://civitai.com/api/download/models/34?fileId=56',
      '  out=_a_out=b.safetensors',
      `  checksum=sha-256=${digest}`,
      '',
    ]);
    assert.equal(written('aria2', [item({ files: [] })]), '');
  });

  it('finds columns however they are written', () => {
    assert.equal(findColumn('base model'), 'Base_Model');
    assert.equal(findColumn('nothing'), undefined);
    for (const column of listColumns) assert.notEqual(cellOf(item(), column), undefined, column);
  });
});

describe('CSV', () => {
  it('is read back as it was written, whatever stands in it', () => {
    const cells = fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(cells), (rows) => {
        assert.deepEqual(readCsv(rows.map((row) => csvLine(row)).join('')), rows);
      }),
    );
  });

  it('is no formula to a spreadsheet', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠A']) {
      assert.match(csvLine([text]), /^"?'/, JSON.stringify(text));
    }
    assert.equal(csvLine([-1, 'a"b', null]), '-1,"a""b",\r\n');
  });
});

describe('the file of a list', () => {
  it('stands there whole or not at all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kura-list-'));
    const path = join(folder, 'list.csv');
    try {
      await writeFile(path, 'before');
      {
        await using file = await openListFile(path);
        await file.write('half');
      }
      assert.deepEqual([await readdir(folder), await readFile(path, 'utf8')], [['list.csv'], 'before']);
      await using file = await openListFile(path);
      await file.write('wh');
      await file.write('ole');
      await file.finish();
      assert.deepEqual([await readdir(folder), await readFile(path, 'utf8')], [['list.csv'], 'whole']);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
