import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { scanBytes } from '../scan-file.ts';
import { maliciousPickle } from '../testing/pickle-assembler.ts';
import { type TfliteShape, writeTflite } from '../testing/tflite-writer.ts';
import { writeZip } from '../testing/zip-writer.ts';

async function rulesOf(content: Buffer): Promise<readonly string[]> {
  return (await scanBytes(content, { names: ['a.tflite'] })).findings.map(({ rule }) => rule);
}

function withLabels(shape: TfliteShape, name: string, label: Buffer): Buffer {
  return writeZip([{ name, content: label }], { prefix: writeTflite(shape) });
}

describe('a TensorFlow Lite model', () => {
  it('of built-in operators is clean', async () => {
    const report = await scanBytes(writeTflite({ custom: ['TFLite_Detection_PostProcess'] }));
    assert.deepEqual(report.findings, []);
    assert.equal(report.format, 'tflite');
  });

  it('with operators of its own is suspicious, with those of TensorFlow as there', async () => {
    assert.deepEqual(await rulesOf(writeTflite({ custom: ['Mine'] })), ['tflite-custom-operator']);
    assert.deepEqual(await rulesOf(writeTflite({ custom: ['FlexErf'] })), ['tflite-custom-operator']);
    assert.deepEqual(await rulesOf(writeTflite({ custom: ['FlexReadFile'] })), ['tensorflow-file-access']);
  });

  it('may have its labels behind it when its metadata says so', async () => {
    const metadata = ['TFLITE_METADATA'];
    assert.deepEqual(await rulesOf(withLabels({ metadata }, 'labels.txt', Buffer.from('cat\ndog\n'))), []);
    assert.ok((await rulesOf(withLabels({}, 'labels.txt', Buffer.from('cat\n')))).includes('format-polyglot'));
    const { verdict } = await scanBytes(withLabels({ metadata }, 'labels.bin', maliciousPickle()));
    assert.equal(verdict, 'dangerous');
  });

  it('that points to what is not there is invalid', async () => {
    assert.deepEqual(await rulesOf(writeTflite({ operatorIndex: 7 })), ['tflite-broken']);
  });

  it('is never clean when it is cut, and with any word of four bytes changed ends in a sound report', async () => {
    const model = writeTflite({ custom: ['Mine'], metadata: ['TFLITE_METADATA'] });
    for (let length = 8; length < model.length - 4; length += 1)
      assert.notEqual((await scanBytes(model.subarray(0, length))).verdict, 'clean', String(length));
    for (let at = 8; at + 4 < model.length; at += 1) {
      for (const value of [0, 1, 0x7fff_ffff, 0xffff_ffff]) {
        const changed = Buffer.from(model);
        changed.writeUInt32LE(value, at);
        assert.ok(!(await rulesOf(changed)).includes('scan-failed'), `${value} at ${at}`);
      }
    }
  });
});
