import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { scanBytes } from '../scan-file.ts';

async function evidenceOf(workflow: unknown): Promise<readonly string[]> {
  const { findings } = await scanBytes(Buffer.from(JSON.stringify(workflow)), { names: ['workflow.json'] });
  assert.ok(findings.every(({ rule, severity }) => rule === 'workflow-code-node' && severity === 'suspicious'));
  return findings.map(({ evidence }) => evidence);
}

function editor(type: string): unknown {
  return { last_node_id: 1, nodes: [{ id: 1, type, pos: [0, 0], widgets_values: ['print(1)'] }], links: [] };
}

const plain = [
  'KSampler',
  'CheckpointLoaderSimple',
  'CLIPTextEncode',
  'KSampler (Efficient)',
  'Noise Control Script',
  'XY Plot Script',
  'Evaluate Integers',
  'MathExpression|pysssss',
  'ImpactWildcardProcessor',
  'ImpactExecutionOrderController',
  'Image Seashell Filter',
  'PreviewImage',
  'WidgetToString',
  'RunwayImageToVideo',
  'Note',
  'ShowText|pysssss',
];
const running = [
  'Execute Python',
  'PythonCodeNode',
  'ShellCodeNode',
  'NodePython',
  'Terminal',
  'SRL Eval',
  'RunPythonCode',
  'PyExec',
  'AnyNode',
  'comfyui_run_script',
  'BashCommand',
  'Griptape Run: Python',
  'CodeExecutor',
];

describe('a ComfyUI workflow', () => {
  it('of ordinary nodes is clean in both layouts, whatever its prompts say', async () => {
    for (const type of plain) assert.deepEqual(await evidenceOf(editor(type)), [], type);
    const nodes = plain.map(
      (type, index) => [index, { class_type: type, inputs: { text: 'python eval, os.system' } }] as const,
    );
    assert.deepEqual(await evidenceOf(Object.fromEntries(nodes)), []);
  });

  it('with a node that runs code is suspicious, and names it', async () => {
    for (const type of running) {
      assert.deepEqual(await evidenceOf(editor(type)), [`nodes: ${type}`]);
      assert.deepEqual(await evidenceOf({ 7: { class_type: type, inputs: {} } }), [`7: ${type}`]);
    }
  });

  it('is looked at to the bottom of its groups', async () => {
    const inner = { id: 3, type: 'Execute Python', pos: [1, 1] };
    assert.deepEqual(await evidenceOf({ nodes: [], definitions: { subgraphs: [{ nodes: [inner] }] } }), [
      'definitions.subgraphs.nodes: Execute Python',
    ]);
  });

  it('is not seen in other trees that have types', async () => {
    assert.deepEqual(await evidenceOf({ type: 'python', language: { type: 'shell', id: 3 } }), []);
  });
});

describe('wildcards', () => {
  it('are text, whatever they say', async () => {
    const { verdict } = await scanBytes(Buffer.from('red\n__color__ {a|b}\nimport os\n'), { names: ['hair.txt'] });
    assert.equal(verdict, 'clean');
  });
});
