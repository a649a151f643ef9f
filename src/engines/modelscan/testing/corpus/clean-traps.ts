/** Genuine files that look alarming, by the trap: none of them may raise anything (scan-rules §10, 8). */
import { gunzipSync, gzipSync } from 'node:zlib';

import {
  goodSafetensors,
  torchDataPickle,
  torchZip,
  writeGguf,
  writeNpy,
  writeSafetensors,
  writeTar,
} from '../model-writer.ts';
import { message, node, wholeTensor, writeOnnx } from '../onnx-writer.ts';
import {
  assemble,
  binUnicode,
  global,
  harmlessPickle,
  maliciousPickle,
  oneArgument,
  proto,
} from '../pickle-assembler.ts';
import { writeSentencePiece } from '../sentencepiece-writer.ts';
import { writeSavedModel } from '../tensorflow-writer.ts';
import { writeTflite } from '../tflite-writer.ts';
import { writeZip } from '../zip-writer.ts';
import { legacy, legacyContainer, legacyView } from './legacy-layout.ts';
import { realTemplates } from './real-templates.ts';
import { sample } from './sample.ts';
import { tarLayout } from './tar-layout.ts';

/** By trap, then by file name. */
type Traps = Readonly<Record<string, Readonly<Record<string, Buffer | string>>>>;

const numbers = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
const alarming = 'import os; os.system("rm -rf /"); eval(compile(open("/etc/passwd").read()))';

const llama = `{{- bos_token }}
{%- if custom_tools is defined %}{%- set tools = custom_tools %}{%- endif %}
{%- if not date_string is defined %}{%- set date_string = strftime_now("%d %b %Y") if strftime_now is defined else "26 Jul 2024" %}{%- endif %}
{%- if messages[0]['role'] == 'system' %}{%- set system_message = messages[0]['content']|trim %}{%- set messages = messages[1:] %}{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{%- if builtin_tools is defined %}{{- "Environment: ipython\\n" }}{{- "Tools: " + builtin_tools | reject('equalto', 'code_interpreter') | join(", ") + "\\n\\n"}}{%- endif %}
{%- for t in tools %}{{- t | tojson(indent=4) }}{{- "\\n\\n" }}{%- endfor %}
{%- for message in messages %}
  {%- if message.role in ['system', 'user'] and not (message.role == 'ipython' or 'tool_calls' in message) %}
    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' }}
  {%- elif 'tool_calls' in message %}
    {%- if not message.tool_calls|length == 1 %}{{- raise_exception("This model only supports single tool-calls at once!") }}{%- endif %}
    {{- '{"name": "' + tool_call.name + '", "parameters": ' }}
  {%- endif %}
{%- endfor %}`;
const reasoning = `{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}
{% set ns = namespace(is_first=false, is_tool=false, system_prompt='') %}
{%- for message in messages %}{%- if message['role'] == 'assistant' and message['content'] is not none %}
{% set content = message['content'] %}{% if '</think>' in content %}{% set content = content.split('</think>')[-1] %}{% endif %}
{{'<｜Assistant｜>' + content + '<｜end▁of▁sentence｜>'}}{%- endif %}
{%- set ns.is_tool = (loop.index0 % 2 == 0) %}{%- set last = messages[(messages|length) - 1] %}{%- endfor -%}
{%- macro render(item, depth=0) -%}{{ item | string ~ '\\n' }}{%- endmacro %}{{ render(last) }}
{{ 'system' ~ ('_' * 3) if false else '' }}{{ name | replace('_', ' ') }}{{ (messages | selectattr('role', 'equalto', 'user') | map(attribute='content') | list)[-1] }}`;
const typed = `{%- set names = {"string": "str", "array": "list"} %}{%- for key in message %}{{ message[key] }}{%- endfor %}
{%- set text = '<tool>' + message.content | trim ~ '\\n' %}{{ text }}{%- set index = loop.index0 + 1 %}{{ messages[index]['content'] }}
{%- set role = message['role'] | lower %}{{ names[role] }}{{ names[parameter.type] }}{{ messages[messages | length - 1].content }}
{%- set state = namespace(text='', index=0) %}{%- set state.text = state.text + 'x' %}{{ messages[state.index] }}
{%- macro line(item) %}{{ '- ' ~ item }}{% endmacro %}{{ line(messages[-1]) }}{{ 'a' if role in ['a' + 'b', 'c'] else ['x' ~ role] | first }}
{%- set all = 'a' ~ role %}{%- set n = all | length %}{{ messages[n - 1] }}{{ messages | map(attribute='role') | join(', ' ~ x) }}
{{ messages | selectattr('role', 'in', ['a', 'b']) | map('tojson') | join('\n') }}{{ messages | rejectattr(field) | sort(attribute='index') | list }}`;
const words = `Never call __import__ or os.system. {# ''.__class__ #}{{ messages[0]['content'] }} {% raw %}{{ ''.__class__ }}{% endraw %}`;

const trainer = {
  ss_network_module: 'networks.lora',
  ss_network_args: '{"conv_dim": "4", "algo": "locon"}',
  ss_tag_frequency: JSON.stringify({ '10_eval': { 'os.system': 3, target: 2, __class__: 1, callable: 4 } }),
  ss_datasets: '[{"is_dreambooth": true, "resolution": [1024, 1024], "tags": {"exec": 1}}]',
  ss_training_comment: alarming,
  'modelspec.description': '{not json, __import__("os")}',
  prompt: '{"3": {"class_type": "KSampler", "inputs": {"seed": 1}}, "4": {"class_type": "PreviewImage", "inputs": {}}}',
};

const imitations = Buffer.concat([
  Buffer.from('MZ\x7fELFPK\x03\x04GGUF', 'latin1'),
  maliciousPickle(),
  Buffer.alloc(200),
]);

function keras(tree: unknown): Buffer {
  return writeZip([
    { name: 'metadata.json', content: Buffer.from('{"keras_version": "3.5.0", "date_saved": "2026-01-01@00:00:00"}') },
    { name: 'config.json', content: Buffer.from(JSON.stringify(tree)) },
  ]);
}

const dense = {
  module: 'keras.layers',
  class_name: 'Dense',
  config: { name: 'lambda_eval', units: 3, activation: 'relu' },
  registered_name: null,
};

export const cleanTraps: Traps = {
  'text that mentions attacks': {
    'data.pkl': assemble(proto(2), '}', binUnicode('os.system'), binUnicode('cos\nsystem\n(S"rm"\ntR.'), 's.'),
    'metadata.safetensors': goodSafetensors({ note: alarming }),
    'tokens.gguf': writeGguf({
      keys: [
        ['general.description', alarming],
        ['tokenizer.ggml.tokens', ['__class__', 'eval(']],
      ],
    }),
    'config.json': JSON.stringify({
      prompt: alarming,
      _name_or_path: '/home/me/../model',
      target: 'a sentence. With dots',
    }),
    'note.md': alarming,
    'attack.md':
      '# About\n\nPickles call `os.system`, YAML `!!python/object/apply:os.system`, templates {{ self.__class__ }}.\n',
    'card.md': '---\nlicense: mit\ntags:\n- target\n---\n# Model\n\n```yaml\nmodel:\n  _target_: my.Model\n```\n',
    'captions.txt': '[a | b], {red|blue} hair, __color__ eyes, target: os.system, class_name\n',
    'vocab.txt': '__import__\nos.system\n!!python\n{{ self }}\n',
    'config.yaml': 'prompt: "eval(x) and os.system"\ntarget: 3\nurl: https://example.com/python/x\n',
  },
  'names that sound dangerous': {
    'tensors.safetensors': writeSafetensors(
      { 'os.system.weight': { dtype: 'U8', shape: [8], data_offsets: [0, 8] } },
      8,
    ),
    'node.onnx': writeOnnx({ graph: message(1, node('Relu')) }),
    'asset/saved_model.pb': writeSavedModel({ assets: { a: 'eval.txt' } }),
    'layer.keras': keras(dense),
  },
  'numbers that imitate other formats': {
    'bytes.safetensors': writeSafetensors(
      { w: { dtype: 'U8', shape: [imitations.length], data_offsets: [0, imitations.length] } },
      imitations,
    ),
    'storage.pt': writeZip([
      { name: 'm/data.pkl', content: torchDataPickle(8) },
      { name: 'm/data/0', content: Buffer.concat([maliciousPickle(), Buffer.alloc(32)]).subarray(0, 32) },
      { name: 'm/version', content: Buffer.from('3\n') },
    ]),
    'array.npy': writeNpy(
      "{'descr': '|u1', 'fortran_order': False, 'shape': (40,), }",
      Buffer.concat([maliciousPickle(), Buffer.alloc(40)]).subarray(0, 40),
    ),
    'bytes.npz': writeZip([
      {
        name: 'x.npy',
        content: writeNpy(
          "{'descr': '|u1', 'fortran_order': False, 'shape': (40,), }",
          Buffer.concat([maliciousPickle(), Buffer.alloc(40)]).subarray(0, 40),
        ),
      },
    ]),
    'zip-mark.npy': writeNpy(
      "{'descr': '|u1', 'fortran_order': False, 'shape': (8,), }",
      Buffer.from('PK\x05\x06\0\0\0\0', 'latin1'),
    ),
  },
  'metadata of trainers': {
    'lora.safetensors': goodSafetensors(trainer),
    'nested.safetensors': goodSafetensors({
      workflow: '{"nodes": [{"id": 1, "type": "CLIPTextEncode", "pos": [0, 0]}]}',
    }),
    'broken-json.safetensors': goodSafetensors({ ss_network_args: '{"a": NaN, broken' }),
  },
  'templates of real models': {
    ...realTemplates,
    'llama.jinja': llama,
    'reasoning.jinja': reasoning,
    'words.jinja': words,
    'typed.jinja': typed,
    'llama.gguf': writeGguf({ keys: [['tokenizer.chat_template', llama]] }),
    'reasoning.gguf': writeGguf({
      keys: [
        ['tokenizer.chat_template', reasoning],
        ['tokenizer.chat_template.tool_use', llama],
      ],
    }),
    'tokenizer_config.json': JSON.stringify({
      chat_template: [
        { name: 'default', template: llama },
        { name: 'rag', template: words },
      ],
    }),
  },
  'numbers that JSON does not have': {
    'trainer_state.json': '{"log_history": [{"loss": NaN, "grad_norm": Infinity, "x": -Infinity}]}',
    'metadata.jsonl': '{"file_name": "a.png", "text": "a cat"}\n{"file_name": "b.png", "text": "eval"}\n',
    'metadata.safetensors': goodSafetensors({ ss_loss: '{"last": NaN}' }),
  },
  'values of optimisers and generators': {
    'rng_state.pth': assemble(
      proto(2),
      '}',
      binUnicode('python'),
      '(K\x03(K\x01K\x02K\x03tNt',
      's',
      binUnicode('numpy'),
      '(',
      binUnicode('MT19937'),
      global('numpy.core.multiarray', '_reconstruct'),
      global('numpy', 'ndarray'),
      'K\x00\x85',
      global('_codecs', 'encode'),
      binUnicode('b'),
      binUnicode('latin1'),
      0x86,
      'R\x87R(K\x01K\x02\x85',
      global('numpy', 'dtype'),
      oneArgument('u4'),
      'R\x89',
      global('_codecs', 'encode'),
      binUnicode('abcdefgh'),
      binUnicode('latin1'),
      0x86,
      'Rtb',
      'K\x05ts.',
    ),
    'counts.pkl': assemble(proto(2), global('collections', 'Counter'), '}', binUnicode('a'), 'K\x01s\x85R.'),
    'ordered.pkl': assemble(proto(2), global('collections', 'OrderedDict'), ')R', binUnicode('a'), 'K\x01s.'),
    'oldest.pt': tarLayout(),
    'lightning.ckpt': assemble(
      proto(2),
      '}',
      global('pytorch_lightning.callbacks.model_checkpoint', 'ModelCheckpoint'),
      '}s.',
    ),
  },
  'containers and views of torch before 1.6': {
    'parameters.pt': legacy(legacyContainer()),
    'no-source.pt': legacy(legacyContainer({ file: Buffer.from('N'), source: Buffer.from('N') })),
    'long-source.pt': legacy(legacyContainer({ source: binUnicode('class ParameterDict:\n'.repeat(500)) })),
    'view.pt': legacy(legacyView()),
  },
  'archives as people pack them': {
    'two.zip': writeZip([
      { name: 'a/m.safetensors', content: goodSafetensors(), deflate: true },
      { name: 'a/', content: Buffer.alloc(0) },
      { name: 'a/LICENSE', content: Buffer.from('Free to use.\n') },
      { name: 'a/v1..2.txt', content: Buffer.from('...\n') },
    ]),
    'commented.zip': writeZip([{ name: 'm.safetensors', content: goodSafetensors() }], {
      comment: Buffer.from('made by hand'),
    }),
    'padded.tar': Buffer.concat([writeTar([{ name: 'm.pkl', content: harmlessPickle() }]), Buffer.alloc(9 * 1024)]),
    'model.pkl.gz': gzipSync(harmlessPickle()),
    'arrays.npz': writeZip([{ name: 'x.npy', content: writeNpy(numbers, Buffer.alloc(8)), deflate: true }]),
    'arrays.7z': sample('7z-files/clean-lzma2.7z'),
    'arrays.joblib': sample('joblib-files/clean-arrays-xz.joblib'),
  },
  'tokenizers of words that sound dangerous': {
    'spiece.model': writeSentencePiece(['os.system', '__class__', '▁eval']),
    'tokenizer.spm': writeSentencePiece([]),
    'tokenizer.json': JSON.stringify({
      version: '1.0',
      added_tokens: [{ id: 0, content: '<|__import__|>', special: true }],
      pre_tokenizer: { type: 'Split', pattern: { Regex: '\\p{L}+' } },
      model: { type: 'BPE', vocab: { target: 1, _target_: 2, 'os.system': 3 }, merges: ['o s'] },
    }),
    'bundle.json': JSON.stringify({
      imports: ['$import glob', '$import os'],
      files: "$list(sorted(glob.glob(os.path.join(@folder, '*.nii.gz'))))",
      ready: '$@network.eval()',
      device: "$torch.device('cuda:0' if torch.cuda.is_available() else 'cpu')",
      network_def: { _target_: 'UNet', spatial_dims: 3 },
    }),
    'prices.json': '{"a": ["$", "$eval", "$ x", "$requests per second", "$system costs $10"]}',
    'dunder-prompt.json':
      '{"6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a photo of import os, eval, system() __init__"}}}',
    'vocab.json': '{"__class__": 1, "callable": 2, "target": 3, "eval": 4}',
    'merges.txt': '#version: 0.2\no s\n_ _\n',
  },
  'notes beside models': {
    'about.html': '<html><body>Call os.system() never.</body></html>',
    LICENSE: 'MIT License\n\nPermission is hereby granted\n',
    '.gitattributes': '*.safetensors filter=lfs diff=lfs merge=lfs -text\n',
    README: 'Use with torch.load.\n',
    'dataset.toml': '[general]\nenable_bucket = true\n',
    'prompt.caption': 'a photo, (masterpiece:1.2)\n',
  },
  'configuration of well-known packages': {
    'v1-inference.yaml':
      'model:\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n  params:\n    unet_config: &u\n      target: ldm.modules.diffusionmodules.openaimodel.UNetModel\n    copy: *u\n',
    'model_index.json':
      '{"_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.21", "unet": ["diffusers", "UNet2DConditionModel"], "safety_checker": ["stable_diffusion", "StableDiffusionSafetyChecker"], "x": [null, null]}',
    'config.json': '{"model_type": "llama", "_attn_implementation": "flash_attention_2", "attn_implementation": null}',
    'modules.json': '[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]',
    'adapter_config.json':
      '{"auto_mapping": {"base_model_class": "X", "parent_library": "transformers.models.llama.modeling_llama"}, "trust_remote_code": false}',
    'model.safetensors.index.json': '{"weight_map": {"w": "model-00001-of-00002.safetensors"}}',
    'workflow.json':
      '{"nodes": [{"id": 1, "type": "KSampler", "pos": [0, 0]}, {"id": 2, "type": "Noise Control Script", "pos": [1, 1]}]}',
    'compiled.yaml':
      'model:\n  _target_: torch.compile\nstrategy:\n  _target_: torch.distributed.fsdp.ShardingStrategy\n',
    'merged.yaml': 'a: &a {x: 1}\nb: {<<: *a, y: !!str 2, z: !!binary aGVsbG8=}\n',
  },
  'networks as Keras writes them': {
    'functional.keras': keras({
      module: 'keras.src.models.functional',
      class_name: 'Functional',
      config: {
        layers: [
          dense,
          {
            module: 'keras.layers',
            class_name: 'InputLayer',
            config: {
              dtype: { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' }, registered_name: null },
            },
            registered_name: null,
          },
        ],
      },
      registered_name: 'Functional',
      compile_config: {
        optimizer: { module: 'keras.optimizers', class_name: 'Adam', config: {}, registered_name: null },
        loss: 'mse',
      },
    }),
    'engine.keras': keras({
      module: 'keras.src.engine.functional',
      class_name: 'Functional',
      config: { layers: [dense] },
      registered_name: 'Functional',
    }),
    'old.h5': gunzipSync(sample('hdf5-files/clean-model-earliest.h5.gz')),
    'new.h5': gunzipSync(sample('hdf5-files/clean-model-latest.h5.gz')),
    'virtual.h5': gunzipSync(sample('hdf5-files/clean-virtual-of-itself-latest.h5.gz')),
  },
  'graphs with everything in them': {
    'tensor.onnx': writeOnnx({ graph: message(5, wholeTensor) }),
    'saved_model.pb': writeSavedModel({ metadata: ['{"class_name": "Dense", "config": {}}'] }),
    'detection.tflite': writeTflite({ custom: ['TFLite_Detection_PostProcess'] }),
    'big-endian.gguf': writeGguf({ bigEndian: true }),
    'zip.pt': torchZip(undefined, [{ name: 'model/byteorder', content: Buffer.from('little') }]),
  },
};
