import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { measure, type Sample } from './harness/measure.ts';
import { type ContenderReport, verdict } from './harness/report.ts';
import { isNoisy, median } from './harness/summary.ts';
import { compare } from './harness.ts';

const never = new AbortController().signal;

describe('compare', () => {
  let results = '';
  before(async () => {
    results = await fs.mkdtemp(path.join(os.tmpdir(), 'kura-bench-'));
  });
  after(() => fs.rm(results, { recursive: true, force: true }));

  it('warms up once, then interleaves the rounds in turning order, preparing before each run', async () => {
    const log: string[] = [];
    function contender(name: string) {
      return { name, version: '1', work: async () => void log.push(name), prepare: async () => void log.push('-') };
    }
    const contenders = [contender('a'), contender('b')];
    const report = await compare({ area: 'x', title: 'X', unit: 'file', units: 4, contenders, rounds: 2, results });
    assert.equal(log.join(''), '-a-b-b-a-a-b');
    assert.deepEqual(
      report.contenders.map(({ name, samples }) => [name, samples.length]),
      [
        ['a', 2],
        ['b', 2],
      ],
    );
  });

  it('writes the same report as Markdown and as JSON, with machine, versions and commands', async () => {
    const work = { program: process.execPath, args: ['-e', '0'] };
    await compare({
      area: 'y',
      title: 'Y',
      unit: 'run',
      units: 1,
      contenders: [{ name: 'node', version: '24', work }],
      rounds: 1,
      results,
    });
    const markdown = await fs.readFile(path.join(results, 'y.md'), 'utf8');
    assert.match(markdown, new RegExp(`Node ${process.version}`));
    assert.match(markdown, /\| node \| 24 \|/);
    assert.match(markdown, / -e 0`/);
    const json: unknown = JSON.parse(await fs.readFile(path.join(results, 'y.json'), 'utf8'));
    assert.ok(typeof json === 'object' && json !== null && 'machine' in json);
  });
});

describe('measure', () => {
  it('counts the CPU seconds and the memory of a child process', async () => {
    const spin = 'const b = Buffer.alloc(64 << 20, 1); const end = Date.now() + 400; while (Date.now() < end);';
    const sample = await measure({ program: process.execPath, args: ['-e', spin] }, never);
    assert.ok(sample.wallSeconds > 0.4);
    assert.ok(sample.cpuSeconds > 0.05, `only ${sample.cpuSeconds} s of CPU`);
    assert.ok(sample.peakBytes > 64 * 1024 ** 2, `only ${sample.peakBytes} bytes`);
  });

  it('has no figure for a command that failed', async () => {
    const failing = { program: process.execPath, args: ['-e', 'console.error("no disk"); process.exit(3)'] };
    await assert.rejects(measure(failing, never), /ended with 3: no disk/);
  });
});

describe('verdict', () => {
  it('compares medians where the machine was quiet, and says noisy where it was not', () => {
    assert.equal(
      verdict(contenderOf('kura', 1, 0.05), contenderOf('peer', 2, 0.05)),
      'wall 0.50 ×, CPU 0.50 × of peer',
    );
    assert.equal(verdict(contenderOf('kura', 1, 0.5), contenderOf('peer', 2, 0.5)), 'noisy');
  });

  it('takes the middle value, and the mean of two middle ones', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 2, 9]), 3);
    assert.equal(isNoisy([sampleOf(1, 0.9), sampleOf(1, 0.1), sampleOf(1, 0.1)]), false);
  });
});

function sampleOf(seconds: number, othersShare: number): Sample {
  return { wallSeconds: seconds, cpuSeconds: seconds, peakBytes: 1, othersShare };
}

function contenderOf(name: string, seconds: number, othersShare: number): ContenderReport {
  const samples = [sampleOf(seconds, othersShare)];
  return { name, version: '1', command: name, samples, wallSeconds: seconds, cpuSeconds: seconds, peakBytes: 1 };
}
