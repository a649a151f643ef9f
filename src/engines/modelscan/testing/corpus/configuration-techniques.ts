/** Keras, YAML and JSON configuration that has a loader run something (scan-rules §7). */
import { goodSafetensors } from '../model-writer.ts';
import { writeZip } from '../zip-writer.ts';
import type { Techniques } from './technique.ts';

type Tree = Readonly<Record<string, unknown>>;

/** `node` under so many layers of a model. */
function deep(node: Tree, depth: number): Tree {
  let tree: Tree = node;
  for (let level = 0; level < depth; level += 1)
    tree = { class_name: 'Sequential', config: { name: `s${level}`, layers: [tree] } };
  return tree;
}

function keras(...nodes: readonly Tree[]): Buffer {
  return writeZip([
    { name: 'metadata.json', content: Buffer.from('{"keras_version": "3.5.0"}') },
    { name: 'config.json', content: Buffer.from(JSON.stringify(nodes.length === 1 ? nodes[0] : nodes)) },
  ]);
}

const oldLambda = {
  class_name: 'Lambda',
  config: { name: 'l', function: ['4wEAAA==', null, null], function_type: 'lambda' },
};
const newLambda = {
  module: 'keras.layers',
  class_name: 'Lambda',
  config: { name: 'l', function: { class_name: '__lambda__', config: { code: '4wEAAA==' } } },
  registered_name: null,
};

function built(module: string, className: string, config: unknown = {}): Tree {
  return { module, class_name: className, config, registered_name: null };
}

export const configurationTechniques: Techniques = {
  'unpacks code of a layer': {
    rule: 'keras-lambda',
    samples: {
      'old.keras': keras(oldLambda),
      'new.keras': keras(newLambda),
      'depth-1.keras': keras(deep(newLambda, 1)),
      'depth-3.keras': keras(deep(oldLambda, 3)),
      'depth-10.keras': keras(deep(newLambda, 10)),
      'output-shape.keras': keras({ class_name: 'Lambda', config: { output_shape: ['4wEAAA==', null, null] } }),
      'escaped.keras': writeZip([
        {
          name: 'config.json',
          content: Buffer.from('{"class_n\\u0061me": "\\u004cambda", "config": {"function": ["4wEA", null, null]}}'),
        },
      ]),
      'key-twice.keras': writeZip([
        {
          name: 'config.json',
          content: Buffer.from('{"class_name": "Dense", "class_name": "__lambda__", "config": {"code": "4wEA"}}'),
        },
      ]),
      'with-nan.keras': writeZip([
        { name: 'config.json', content: Buffer.from(`{"a": NaN, "b": ${JSON.stringify(newLambda)}, "c": -Infinity}`) },
      ]),
      'before-damage.keras': writeZip([
        { name: 'config.json', content: Buffer.from(`{"b": ${JSON.stringify(newLambda)}, "c": `) },
      ]),
      'metadata.safetensors': goodSafetensors({ config: JSON.stringify(newLambda) }),
      'metadata-nan.safetensors': goodSafetensors({ config: `{"a": NaN, "b": ${JSON.stringify(newLambda)}}` }),
    },
  },
  'imports a module outside of Keras': {
    rule: 'keras-module',
    samples: {
      'os.keras': keras(built('os', 'system')),
      'builtins.keras': keras(built('builtins', 'eval')),
      'function.keras': keras(built('subprocess', 'function', 'run')),
      'download.keras': keras(built('keras.utils', 'get_file')),
      'unsafe.keras': keras(built('keras.config', 'enable_unsafe_deserialization')),
      'load.keras': keras(built('keras.models', 'load_model')),
      'prefix.keras': keras(built('keras_evil.layers', 'Dense')),
    },
  },
  'runs what the file brings along': {
    rule: 'keras-running-class',
    samples: {
      'torch.keras': keras(built('keras.layers', 'TorchModuleWrapper', { module: 'gASV' })),
      'saved-model.keras': keras(built('keras.layers', 'TFSMLayer', { filepath: '/tmp/x' })),
      'jax.keras': keras(deep(built('keras.layers', 'JaxLayer'), 3)),
    },
  },
  'opens a file that it names': {
    rule: 'keras-path',
    samples: Object.fromEntries(
      ['StringLookup', 'IntegerLookup', 'TextVectorization'].map((name) => [
        `${name}.keras`,
        keras(built('keras.layers', name, { vocabulary: '/etc/passwd' })),
      ]),
    ),
  },
  'uses classes nobody knows': {
    rule: 'keras-custom',
    samples: {
      'registered.keras': keras({ ...built('keras.layers', 'Dense'), registered_name: 'Mine>Dense' }),
      'class.keras': keras({ class_name: 'MyLayer', config: {} }),
      'package.keras': keras(built('keras', 'StaticHashTable', { initializer: { filename: '/etc/passwd' } })),
      'package-helper.keras': keras(built('tf_keras', 'Anything')),
      'package-deep.keras': keras(deep(built('keras_core', 'StaticHashTable'), 3)),
      'named-function.keras': keras({
        class_name: 'Lambda',
        config: { function: 'my_function', function_type: 'function' },
      }),
    },
  },
  'builds objects of a language': {
    rule: 'yaml-tag',
    samples: {
      'apply.yaml': 'a: !!python/object/apply:os.system ["id"]\n',
      'new.yaml': 'a: !!python/object/new:type {}\n',
      'verbatim.yaml': 'a: !<tag:yaml.org,2002:python/object/apply:os.system> ["id"]\n',
      'handle.yaml': '%TAG ! tag:yaml.org,2002:python/\n---\na: !object/apply:os.system ["id"]\n',
      'split-handle.yaml': '%TAG !p! tag:yaml.org,2002:pyth\n---\na: !p!on/name:os.system ""\n',
      'percent.yml': 'a: !!pyth%6fn/object/apply:os.system ["id"]\n',
      'second-document.yaml': 'a: 1\n---\n- - !!python/name:os.system ""\n',
      'java.yaml': '!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader []]\n',
      'ruby.yaml': 'a: !ruby/object:Gem::Installer {}\n',
      'before-damage.yaml': 'a: !!python/object/apply:os.system ["id"]\nb: [\n',
      'sixteen-bits.yaml': Buffer.from('\ufeffa: !!python/object/apply:os.system ["id"]\n', 'utf16le'),
      'no-extension.zip': writeZip([{ name: 'MLmodel', content: Buffer.from('a: !!python/name:os.system ""\n') }]),
    },
  },
  'builds objects of an unknown kind': {
    rule: 'yaml-tag-unknown',
    samples: { 'map.yaml': 'a: !mine {b: 1}\n', 'text.yaml': 'a: !Ref name\n', 'list.yaml': '- !x [1]\n' },
  },
  'breaks as YAML': {
    rule: 'yaml-broken',
    samples: {
      'deep.yaml': `a: ${'['.repeat(250)}${']'.repeat(250)}\n`,
      'open.yaml': 'a: [1, 2\nb: 3\n',
      'aliases.yaml': `a0: &a0 [x]\n${Array.from({ length: 7 }, (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index}, `.repeat(10)}]\n`).join('')}`,
    },
  },
  'names what to call': {
    rule: 'config-callable',
    samples: {
      'target.json': '{"_target_": "os.system"}',
      'depth-3.json': '{"a": {"b": [{"c": {"_target_": "os.system"}}]}}',
      'escaped.json': '{"a": {"\\u005ftarget_": "subprocess.Popen"}}',
      'twice.json': '{"_target_": "torch.nn.Linear", "_target_": "os.system"}',
      'latent-diffusion.yaml': 'model:\n  params:\n    target: os.system\n',
      'class-path.yaml': 'model:\n  class_path: evil.Model\n',
      'alias.yaml': 'x: &x os.system\nmodel:\n  _target_: *x\n',
      'alias-key.yaml': 'x: &x _target_\nmodel:\n  *x : os.system\n',
      'interpolated.yaml': 'x: os.system\nmodel:\n  _target_: ${x}\n',
      'loader-inside.yaml': 'model:\n  _target_: torch.hub.load\n',
      'through-a-module.yaml': 'model:\n  _target_: torch.os.system\n  command: id\n',
      'through-two.yaml': '_target_: transformers.utils.import_utils.os.system\n',
      'through-an-ordinary-one.yaml': 'strategy:\n  _target_: torch.distributed.fsdp.os.system\n',
      'launcher.yaml': '_target_: torch.distributed.run.main\nargs: [evil.py]\n',
      'helper.yaml': '_target_: torch.utils.collect_env.run\ncommand: id\n',
      'evaluates.yaml': '_target_: torch.fx.experimental.symbolic_shapes.ShapeEnv.evaluate_guards_expression\n',
      'loads.json': '{"_target_": "torch.load", "f": "x.pt"}',
      'flavour.yaml': 'flavors:\n  python_function:\n    loader_module: subprocess\n',
      'adapter_config.json': '{"auto_mapping": {"base_model_class": "Popen", "parent_library": "subprocess"}}',
      'modules.json': '[{"idx": 0, "name": "0", "path": "", "type": "os.system"}]',
      'model_index.json': '{"_class_name": "StableDiffusionPipeline", "unet": ["subprocess", "Popen"]}',
      'metadata.safetensors': goodSafetensors({ config: '{"model": {"target": "os.system"}}' }),
      'expression.json': `{"network": "$__import__('os').system('id')"}`,
      'expression-reference.json': '{"handlers": ["$@trainer.__class__.__base__.__subclasses__()"]}',
      'expression-evaluates.json': `{"train": {"x": "$eval('1')"}}`,
      'expression-imports.json': `{"imports": ["$from subprocess import run"], "run": ["$run('id')"]}`,
      'expression-system.yaml': `run:\n  - $import os\n  - $os.system('id')\n`,
    },
  },
  'lets the repository bring code': {
    rule: 'json-remote-code',
    samples: {
      'auto-map.json': '{"auto_map": {"AutoModel": "modeling.Model"}}',
      'switch.json': '{"trust_remote_code": true}',
      'generation_config.json': '{"custom_generate": "someone/repository"}',
      'kernel.json': '{"model_type": "llama", "_attn_implementation": "someone/kernel"}',
      'chain.json': '{"lc": 1, "type": "constructor", "id": ["langchain", "llms", "X"], "kwargs": {}}',
      'environment.json': '{"lc": 1, "type": "secret", "id": ["AWS_SECRET_ACCESS_KEY"]}',
      'pipelines.json': '{"custom_pipelines": {"x": {"impl": "x.X"}}}',
      'auto-map.yaml': 'auto_map:\n  AutoModel: modeling.Model\n',
      'model_index.json':
        '{"_class_name": ["my_pipeline", "MyPipeline"], "unet": ["diffusers", "UNet2DConditionModel"]}',
      'schema.json': '{"__class__": "Model", "__module__": "third.party", "__loader__": "ObjectNode"}',
    },
  },
  'rebuilds objects from JSON': {
    rule: 'json-object-graph',
    samples: {
      'object.json': '{"py/object": "os.system"}',
      'reduce.json': '{"a": {"py/reduce": [{"py/type": "os.system"}, {"py/tuple": ["id"]}]}}',
      'function.json': '[[{"py/function": "os.system"}]]',
      'schema.json': '{"__class__": "system", "__module__": "os", "__loader__": "FunctionNode"}',
    },
  },
  'leads out of its folder': {
    rule: 'json-path-escape',
    samples: {
      'climbing.json': '{"weight_map": {"w": "../../secret.bin"}}',
      'absolute.json': '{"weight_map": {"w": "/etc/passwd"}}',
      'address.json': '{"weight_map": {"w": "https://example.com/w.bin"}}',
      'browser.json': '{"weightsManifest": [{"paths": ["../../x.bin"]}]}',
      'modules.json':
        '[{"idx": 0, "name": "0", "path": "../../x", "type": "sentence_transformers.models.Transformer"}]',
      'mlc.json': '{"records": [{"dataPath": "C:\\\\secret"}]}',
    },
  },
  'breaks as JSON': {
    rule: 'json-broken',
    samples: {
      'deep.json': `${'['.repeat(300)}${']'.repeat(300)}`,
      'comma.json': '{"a": 1,}',
      'two-values.json': '{"a": 1} {"b": 2}',
      'open.json': '{"a": [1, 2',
    },
  },
  'has a node run a program': {
    rule: 'workflow-code-node',
    samples: {
      'api.json': '{"1": {"class_type": "PythonCodeExecutor", "inputs": {}}}',
      'editor.json': '{"nodes": [{"id": 1, "type": "RunShellCommand", "pos": [0, 0]}]}',
      'escaping-expression.json': `{"1": {"class_type": "SimpleMath+", "inputs": {"value": "__import__('os').system('id')"}}}`,
      'escaping-widget.json': `{"nodes": [{"id": 1, "type": "SimpleMath+", "widgets_values": ["().__class__.__base__"]}]}`,
      'written-by-a-model.json': '{"1": {"class_type": "AnyNode", "inputs": {}}}',
      'metadata.safetensors': goodSafetensors({ prompt: '{"1": {"class_type": "Eval Python", "inputs": {}}}' }),
    },
  },
};
