import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { BatchProgressView } from '../contract/index.ts';
import { translators } from '../testing/command-runner.ts';
import { createBatchBars } from './batch-bars.ts';

const file = { id: 'd1', versionId: 7, fileId: 70, name: 'lantern.safetensors' };
const moving = { status: 'downloading', totalBytes: 1000, bytesPerSecond: 100, etaSeconds: 5 } as const;

function progress(doneBytes: number): BatchProgressView {
  const counts = { files: 3, pending: 1, processing: 1, done: 1, skipped: 0, quarantined: 0, failed: 0, cancelled: 0 };
  const tally = { ...counts, totalBytes: 4096, doneBytes, networkBytes: doneBytes, retries: 0 };
  return { id: 'b', status: 'processing', tally, bytesPerSecond: 2048, etaSeconds: 1 };
}

describe('the bars of a download job', () => {
  it('begin with the whole, then the files that are on their way, and drop those that have ended', () => {
    const bars = createBatchBars(translators.en);
    bars.batchProgressed(progress(2048));
    bars.begins(file);
    bars.begins({ ...file, id: 'd2', fileId: 71, name: 'second.gguf' });
    bars.fileProgressed({ downloadId: 'd1', receivedBytes: 250, ...moving });
    const [whole, first, second] = bars.lines().split('\n');
    assert.match(whole ?? '', /^█{10}░{10} {2}1 of 3 files {2}2 KiB of 4 KiB {2}2 KiB\/s {2}1 s left$/);
    assert.match(first ?? '', /^█{5}░{15} {2}fetching {2}250 B {2}100 B\/s {2}lantern\.safetensors$/);
    assert.match(second ?? '', /^░{20} {2}second\.gguf$/);
    bars.batchProgressed({ ...progress(2048), tally: { ...progress(2048).tally, failed: 1, quarantined: 1 } });
    assert.match(bars.lines(), /2 not there\n/);
    bars.ended(file);
    assert.equal(bars.lines().split('\n').length, 2);
  });

  it('never show more than the whole, whatever a server sent', () => {
    const bars = createBatchBars(translators.ja);
    bars.begins(file);
    bars.fileProgressed({ downloadId: 'd1', receivedBytes: 5000, ...moving });
    assert.match(bars.lines(), /\n█{20} {2}.+lantern/);
  });
});
