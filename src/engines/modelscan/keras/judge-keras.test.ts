import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { scanBytes } from '../scan-file.ts';
import { writeZip } from '../testing/zip-writer.ts';

const dense = { module: 'keras.layers', class_name: 'Dense', config: { units: 3 }, registered_name: null };

async function scanConfig(layer: object, depth = 1) {
  let node: object = { class_name: 'Sequential', config: { layers: [dense, layer] } };
  for (let index = 1; index < depth; index += 1) node = { class_name: 'Functional', config: { layers: [node] } };
  const content = Buffer.from(JSON.stringify(node));
  return scanBytes(writeZip([{ name: 'config.json', content }]), { names: ['a.keras'] });
}

async function rulesOf(layer: object, depth?: number): Promise<readonly string[]> {
  return (await scanConfig(layer, depth)).findings.map(({ rule }) => rule);
}

describe('Keras configuration', () => {
  it('of building blocks is clean, with and without modules', async () => {
    const blocks = [
      { class_name: 'Conv2D', config: { kernel_initializer: { class_name: 'HeNormal', config: {} } } },
      { module: 'keras.src.layers', class_name: 'Dense', config: {}, registered_name: null },
      { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' }, registered_name: null },
      { module: 'keras.initializers', class_name: 'Zeros', config: {}, registered_name: null },
      { class_name: 'StringLookup', config: { vocabulary: ['a', 'b'] } },
      { class_name: '__tuple__', items: [1, 2] },
      { class_name: 'Lamp shade', config: undefined },
    ];
    for (const block of blocks) assert.deepEqual(await rulesOf(block), [], JSON.stringify(block));
  });

  it('with code of its own is dangerous at any depth and in any generation', async () => {
    const lambdas = [
      { class_name: 'Lambda', config: { function: ['4wEA', null, null], function_type: 'lambda' } },
      { class_name: 'Lambda', config: { function: 'f', output_shape_type: 'lambda' } },
      { module: 'keras.layers', class_name: 'Lambda', config: { function: { class_name: '__lambda__', config: {} } } },
      { class_name: 'Dense', config: { activation: { class_name: '__lambda__', config: { code: '4wEA' } } } },
    ];
    for (const layer of lambdas) {
      for (const depth of [1, 3, 10]) {
        assert.ok((await rulesOf(layer, depth)).includes('keras-lambda'), `${JSON.stringify(layer)} at ${depth}`);
      }
    }
  });

  it('that imports what is no part of a model is dangerous', async () => {
    const nodes = [
      { module: 'os', class_name: 'function', config: 'system', registered_name: 'function' },
      { module: 'builtins', class_name: 'function', config: 'exec', registered_name: 'function' },
      { module: 'builtins', class_name: 'object', config: {} },
      { module: 'keras.utils', class_name: 'function', config: 'get_file', registered_name: 'function' },
      { module: 'keras.models', class_name: 'load_model', config: {} },
      { module: 'keras.config', class_name: 'function', config: 'enable_unsafe_deserialization' },
      { module: 'kerass.layers', class_name: 'Dense', config: {} },
      { module: 'subprocess', class_name: '__typespec__', config: null },
    ];
    for (const node of nodes) assert.deepEqual(await rulesOf(node), ['keras-module'], JSON.stringify(node));
  });

  it('that brings along another program, or opens files, is dangerous', async () => {
    assert.deepEqual(
      await rulesOf({ module: 'keras.layers', class_name: 'TorchModuleWrapper', config: { module: 'UEsD' } }),
      ['keras-running-class'],
    );
    assert.deepEqual(await rulesOf({ class_name: 'TFSMLayer', config: { filepath: '/x' } }), ['keras-running-class']);
    assert.deepEqual(await rulesOf({ class_name: 'StringLookup', config: { vocabulary: '/etc/passwd' } }), [
      'keras-path',
    ]);
  });

  it('of classes that Keras does not have is suspicious', async () => {
    for (const node of [
      { class_name: 'MyLayer', config: {} },
      { module: null, class_name: 'Dense', config: {}, registered_name: 'my_package>Dense' },
      { module: 'keras.layers', class_name: 'Dense', config: {}, registered_name: 'mine>Dense' },
      { module: 'builtins', class_name: 'function', config: 'my_activation', registered_name: 'function' },
      { class_name: 'Lambda', config: { function: 'my_function', function_type: 'function' } },
    ]) {
      assert.equal((await scanConfig(node)).verdict, 'suspicious', JSON.stringify(node));
    }
  });
});
