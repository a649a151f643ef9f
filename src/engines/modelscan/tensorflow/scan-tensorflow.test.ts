import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { ScanReport } from '../report.ts';
import { scanBytes } from '../scan-file.ts';
import { field, message } from '../testing/onnx-writer.ts';
import {
  tensorflowFunction,
  tensorflowNode,
  textConstant,
  writeGraph,
  writeKerasMetadata,
  writeSavedModel,
} from '../testing/tensorflow-writer.ts';
import { writeZip, type ZipFile } from '../testing/zip-writer.ts';

async function scan(content: Buffer, name = 'saved_model.pb'): Promise<ScanReport> {
  return scanBytes(content, { names: [name] });
}

async function rulesOf(content: Buffer, name?: string): Promise<readonly string[]> {
  return [...new Set((await scan(content, name)).findings.map(({ rule }) => rule))];
}

const dense = JSON.stringify({ class_name: 'Dense', name: 'd', config: { units: 2, activation: 'relu' } });
const lambda = JSON.stringify({
  class_name: 'Lambda',
  config: { function: { class_name: '__tuple__', items: ['4wEAAA=='] }, function_type: 'lambda' },
});
function print(stream: string): Buffer {
  return tensorflowNode('p', 'PrintV2', { texts: { output_stream: stream } });
}

const checkpointIndex = Buffer.concat([Buffer.alloc(60, 1), Buffer.from('57fb808b247547db', 'hex')]);

function savedFolder(model: Buffer): readonly ZipFile[] {
  return [
    { name: 'm/saved_model.pb', content: model },
    { name: 'm/variables/variables.index', content: checkpointIndex },
    { name: 'm/variables/variables.data-00000-of-00001', content: Buffer.alloc(64, 0x99) },
    {
      name: 'm/fingerprint.pb',
      content: Buffer.concat([...[1, 2, 3, 4, 5].map((number) => field(number, 99)), message(6)]),
    },
  ];
}

describe('a TensorFlow model', () => {
  it('with the functions of its own saver is clean, under its name and without one', async () => {
    const model = writeSavedModel({ metadata: [dense] });
    for (const name of ['saved_model.pb', 'a', 'a.pb']) assert.deepEqual((await scan(model, name)).findings, [], name);
    assert.equal((await scan(model)).format, 'tensorflow');
    assert.equal((await scan(writeGraph([tensorflowNode('x', 'Placeholder')]), 'frozen.pb')).verdict, 'clean');
    assert.equal((await scan(writeKerasMetadata(dense), 'keras_metadata.pb')).verdict, 'clean');
  });

  it('that reaches out is dangerous wherever the operator stands', async () => {
    const operators: Readonly<Record<string, string>> = {
      ReadFile: 'tensorflow-file-access',
      WriteFile: 'tensorflow-file-access',
      MatchingFiles: 'tensorflow-file-access',
      ExperimentalCSVDataset: 'tensorflow-file-access',
      CreateSummaryFileWriter: 'tensorflow-file-access',
      EagerPyFunc: 'tensorflow-foreign-code',
      DataServiceDatasetV2: 'tensorflow-network',
    };
    for (const [operator, rule] of Object.entries(operators)) {
      const bad = tensorflowNode('bad', operator);
      const places = [
        writeSavedModel({ nodes: [bad] }),
        writeSavedModel({ functions: [tensorflowFunction('f', tensorflowNode('a', 'Identity'), bad)] }),
        writeGraph([tensorflowNode('x', 'Placeholder'), bad]),
        Buffer.concat([writeGraph([]), field(1, bad)]),
      ];
      for (const [index, place] of places.entries()) {
        const report = await scan(place, 'a.pb');
        assert.equal(report.verdict, 'dangerous', `${operator} at ${index}`);
        assert.deepEqual(
          report.findings.map((finding) => finding.rule),
          [rule],
        );
      }
    }
  });

  it('may hide its operator behind a second name and stays dangerous', async () => {
    const twice = Buffer.concat([tensorflowNode('x', 'Identity'), field(2, 'ReadFile')]);
    assert.ok((await rulesOf(writeSavedModel({ nodes: [twice] }))).includes('tensorflow-file-access'));
  });

  it('that saves, restores or looks up at a path of its own outside is dangerous', async () => {
    const path = textConstant('path', '/etc/profile');
    const uses = [
      tensorflowNode('s', 'SaveV2', { inputs: ['path:output:0', 'names'] }),
      tensorflowNode('r', 'RestoreV2', { inputs: ['joined', 'names'] }),
      tensorflowNode('t', 'InitializeTableFromTextFileV2', { inputs: ['table', 'path'] }),
      tensorflowNode('c', 'CacheDatasetV2', { inputs: ['set', 'path'] }),
      tensorflowNode('m', 'MergeV2Checkpoints', { inputs: ['x', 'path'] }),
    ];
    const joined = tensorflowNode('joined', 'StringJoin', { inputs: ['same', 'x'] });
    const same = tensorflowNode('same', 'Identity', { inputs: ['path'] });
    for (const use of uses)
      assert.deepEqual(await rulesOf(writeSavedModel({ nodes: [path, same, joined, use] })), [
        'tensorflow-file-access',
      ]);
  });

  it('whose table is filled from its own asset is clean, though the path it was made with is still there', async () => {
    const nodes = [
      textConstant('asset', '/tmp/build/vocabulary.txt'),
      tensorflowNode('t', 'InitializeTableFromTextFileV2', { inputs: ['table', 'asset'] }),
    ];
    assert.deepEqual((await scan(writeSavedModel({ nodes, assets: { asset: 'vocabulary.txt' } }))).findings, []);
    assert.equal((await scan(writeSavedModel({ nodes }))).verdict, 'dangerous');
  });

  it('that prints is clean, unless it prints to a file', async () => {
    assert.equal((await scan(writeSavedModel({ nodes: [print('stderr')] }))).verdict, 'clean');
    assert.deepEqual(await rulesOf(writeSavedModel({ nodes: [print('file:///tmp/x')] })), ['tensorflow-file-access']);
  });

  it('with assets outside of its folder is dangerous', async () => {
    for (const file of ['../../secret', '/etc/passwd', 'C:\\x'])
      assert.deepEqual(await rulesOf(writeSavedModel({ assets: { a: file } })), ['tensorflow-asset-escape'], file);
  });

  it('with an operator nobody knows is suspicious, unless the model defines it', async () => {
    const nodes = [tensorflowNode('a', 'Addons>Mine')];
    assert.deepEqual(await rulesOf(writeSavedModel({ nodes })), ['tensorflow-custom-operator']);
    const functions = [tensorflowFunction('Addons>Mine', tensorflowNode('x', 'Relu'))];
    assert.equal((await scan(writeSavedModel({ nodes, functions }))).verdict, 'clean');
  });

  it('whose Keras metadata carries bytecode is dangerous, in the model and beside it', async () => {
    assert.deepEqual(await rulesOf(writeSavedModel({ metadata: [dense, lambda] })), ['keras-lambda']);
    assert.deepEqual(await rulesOf(writeKerasMetadata(dense, lambda), 'keras_metadata.pb'), ['keras-lambda']);
  });

  it('in a zip with its checkpoint is judged member by member', async () => {
    assert.deepEqual((await scan(writeZip(savedFolder(writeSavedModel())), 'm.zip')).findings, []);
    const bad = writeSavedModel({ nodes: [tensorflowNode('r', 'ReadFile')] });
    assert.equal((await scan(writeZip(savedFolder(bad)), 'm.zip')).verdict, 'dangerous');
  });

  it('that is cut never becomes clean, and what was met before damage keeps its verdict', async () => {
    const model = writeSavedModel({ nodes: [tensorflowNode('r', 'ReadFile')] });
    for (let length = 1; length < model.length; length += 3)
      assert.notEqual((await scan(model.subarray(0, length))).verdict, 'clean', String(length));
    assert.ok((await rulesOf(Buffer.concat([model, Buffer.of(0xff)]))).includes('tensorflow-file-access'));
  });
});
