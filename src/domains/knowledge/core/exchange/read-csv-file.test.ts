import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { plainCare } from '../entries/entry-content.ts';
import { isSkipReason } from './import-record.ts';
import { readCsvFile } from './read-csv-file.ts';
import type { SourceRecord } from './source-record.ts';
import { recordWriters } from './write-records.ts';

async function recordsOf(text: string): Promise<readonly SourceRecord[]> {
  const folder = await mkdtemp(join(tmpdir(), 'kura-csv-'));
  try {
    const file = join(folder, 'entries.csv');
    await writeFile(file, text);
    const records: SourceRecord[] = [];
    for await (const record of readCsvFile(file, new AbortController().signal)) records.push(record);
    return records;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('entries in CSV', () => {
  it('are read by Japanese or English headings, and each faulty row is told with its line', async () => {
    const [good, bad, rest] = await recordsOf(
      '\uFEFF件名,種別,本文,タグ,知らない列\r\nVPN障害,インシデント,"一行目\r\n二行目",VPN; 網,x\r\n,incident,本文,,\r\n,,,,\r\n題,噂,本文,,\r\n',
    );
    assert.ok(good !== undefined && !isSkipReason(good.read));
    assert.deepEqual([good.read.title, good.read.type, good.read.tags], ['VPN障害', 'incident', ['VPN', '網']]);
    assert.ok(bad !== undefined && isSkipReason(bad.read) && bad.line === 4);
    assert.ok(rest !== undefined && isSkipReason(rest.read) && rest.line === 6);
  });

  it('need a row that names title and text', async () => {
    const [only] = await recordsOf('VPN,incident\r\n');
    assert.ok(only !== undefined && isSkipReason(only.read));
    assert.equal(only.read.code, 'knowledge.skip-no-columns');
  });

  it('come back as they were written, formulas made harmless on the way', async () => {
    const { head, write } = recordWriters.csv;
    const entry = {
      ...plainCare,
      id: '01931b5e-7f6a-7aaa-8bbb-0123456789ab',
      title: '=cmd|calc',
      type: 'change' as const,
      tags: ['@a', 'b'],
      body: '+1, "引用"\n-2',
      lang: 'ja',
      status: 'draft' as const,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00.000Z',
      createdBy: 'a',
      updatedBy: 'a',
      version: 1,
      note: null,
      restoredFrom: null,
      contentHash: '',
      position: 1,
    };
    const text = head + write(entry);
    assert.match(text, /,'=cmd\|calc,/);
    const [back] = await recordsOf(text);
    assert.ok(back !== undefined && !isSkipReason(back.read));
    const { title, tags, body, status, kuraId, updated, severity } = back.read;
    assert.deepEqual(
      { title, tags, body, status, kuraId, updated, severity },
      {
        title: entry.title,
        tags: entry.tags,
        body: entry.body,
        status: 'draft',
        kuraId: entry.id,
        updated: entry.updatedAt,
        severity: undefined,
      },
    );
  });
});
