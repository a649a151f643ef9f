import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import type { ByteSource } from '../byte-source.ts';
import { scanBytes } from '../scan-file.ts';
import { architectures, safetensorsHeader } from '../testing/architectures.ts';
import { torchTensors, torchZip, writeGguf, writeSafetensors } from '../testing/model-writer.ts';
import { type ModelFacts, modelFacts } from './model-facts.ts';
import { TensorRecord } from './tensor-record.ts';

async function factsOf(content: Buffer | ByteSource, name: string): Promise<ModelFacts | undefined> {
  const report = await scanBytes(content, { names: [name] });
  assert.deepEqual(report.findings, [], name);
  return report.facts;
}

/** A safetensors file whose numbers are all zero, and take no memory. */
function hollow(
  tensors: Parameters<typeof safetensorsHeader>[0],
  notes: Readonly<Record<string, string>> = {},
): ByteSource {
  const { header, bytes } = safetensorsHeader(tensors, notes);
  const head = writeSafetensors(header, 0);
  return {
    size: head.length + bytes,
    read: (offset, length) => {
      const wanted = Math.max(0, Math.min(length, head.length + bytes - offset));
      const found = head.subarray(offset, offset + wanted);
      return found.length === wanted ? found : Buffer.concat([found, Buffer.alloc(wanted - found.length)]);
    },
  };
}

function tensorsOf(what: string): (typeof architectures)[number]['tensors'] {
  return architectures.find((one) => one.what === what)?.tensors ?? [];
}

describe('the facts of a model file', () => {
  it('come with the scan of a safetensors file, without another read', async () => {
    const report = await scanBytes(hollow(tensorsOf('an SDXL checkpoint')), { names: ['a.safetensors'] });
    const { facts } = report;
    assert.deepEqual(
      [facts?.kind?.id, facts?.base?.id, facts?.baseName, facts?.precision],
      ['checkpoint', 'sdxl', 'SDXL', 'fp16'],
    );
    assert.ok(report.bytesRead < 200_000, String(report.bytesRead));
  });

  it('tell rank and alpha of a LoRA, what it was trained on and by which words', async () => {
    const facts = await factsOf(
      hollow(tensorsOf('a kohya LoRA of SDXL'), {
        ss_network_alpha: '8.0',
        ss_base_model_version: 'sdxl_base_v1-0',
        ss_sd_model_name: 'ponyDiffusionV6XL.safetensors',
        ss_tag_frequency: JSON.stringify({ '10_cat': { cat: 30, 'blue eyes': 12 } }),
        'modelspec.trigger_phrase': 'mycat',
        'modelspec.title': 'My cat',
        secret: 'not shown',
      }),
      'a.safetensors',
    );
    assert.deepEqual(facts?.rank, { least: 16, most: 16, usual: 16 });
    assert.deepEqual([facts?.alpha, facts?.trainedOn], [8, 'ponyDiffusionV6XL.safetensors']);
    assert.deepEqual(facts?.trainedWords, ['mycat', 'cat', 'blue eyes']);
    assert.ok((facts?.base?.confidence ?? 0) > 0.95);
    assert.deepEqual(facts?.base?.reasons.at(-1), {
      code: 'modelscan.fact-by-note',
      params: { value: 'sdxl_base_v1-0' },
    });
    assert.equal(facts?.notes['modelspec.title'], 'My cat');
    assert.equal(facts?.notes['secret'], undefined);
  });

  it('take the alpha of PEFT only when all parts agree', async () => {
    const tensors = tensorsOf('a PEFT LoRA of Wan');
    const same = JSON.stringify({ 'transformer.r': 32, 'transformer.lora_alpha': 16, 'text_encoder.lora_alpha': 16 });
    const other = JSON.stringify({ 'transformer.lora_alpha': 16, 'text_encoder.lora_alpha': 4 });
    assert.equal((await factsOf(hollow(tensors, { lora_adapter_metadata: same }), 'a.safetensors'))?.alpha, 16);
    assert.equal((await factsOf(hollow(tensors, { lora_adapter_metadata: other }), 'a.safetensors'))?.alpha, null);
    assert.equal((await factsOf(hollow(tensors, { lora_adapter_metadata: '{' }), 'a.safetensors'))?.alpha, null);
  });

  it('let a note decide only where tensors say little', async () => {
    const blocks = Array.from({ length: 4 }, (_, block) => ({
      name: `lora_unet_double_blocks_${block}_img_attn_proj.lora_down.weight`,
      shape: [4, 8],
    }));
    const chroma = await factsOf(hollow(blocks, { 'modelspec.architecture': 'chroma/lora' }), 'a.safetensors');
    assert.equal(chroma?.base?.id, 'chroma');
    const sd1 = await factsOf(
      hollow(tensorsOf('a kohya LoRA of SD 1'), { ss_base_model_version: 'sdxl_base_v1-0' }),
      'a.safetensors',
    );
    assert.deepEqual([sd1?.base?.id, sd1?.statedBases], ['sd1', ['sdxl_base_v1-0']]);
    const both = await factsOf(
      hollow([{ name: 'x', shape: [1] }], { 'modelspec.architecture': 'flux-1-dev', ss_base_model_version: 'sd_v1' }),
      'a.safetensors',
    );
    assert.equal(both?.base, null);
  });

  it('say nothing that the file does not', async () => {
    const facts = await factsOf(hollow([{ name: 'weight', shape: [4, 4] }]), 'a.safetensors');
    const { kind, base, rank, alpha, trainedOn, mergeRecipe, variant } = facts ?? {};
    assert.deepEqual(
      [kind, base, rank, alpha, trainedOn, mergeRecipe, variant],
      [null, null, null, null, null, null, null],
    );
    assert.deepEqual([facts?.trainedWords, facts?.resolutions, facts?.special], [[], [], []]);
    assert.equal(await factsOf(Buffer.from('{"a": 1}'), 'a.json'), undefined);
  });

  it('hold only what a database and a terminal can take, whatever a file says', async () => {
    const words = JSON.stringify({ a: { ['ev\0il \u001b[31m \ud800 \u202e' + 'x'.repeat(5000)]: 3 } });
    const facts = await factsOf(
      hollow([{ name: 'lora\0_unet_x.lora_down.weight', shape: [4, 4] }], {
        ss_tag_frequency: words,
        ss_base_model_version: 'sd_v1\0\u001b]0;title\u0007',
        sd_merge_recipe: '{\n"a": 1}',
        'modelspec.title': '\udc00',
      }),
      'a.safetensors',
    );
    const text = JSON.stringify(facts);
    assert.doesNotMatch(text, /\\u(?:00|d[89a-f]|202e)|\\n/i);
    assert.ok(text.length < 5000, String(text.length));
    assert.equal(facts?.mergeRecipe, '{ "a": 1}');
    assert.match(facts?.trainedWords[0] ?? '', /^ev il/);
  });

  it('do not believe sizes that are no numbers any more', async () => {
    const sides = Array.from({ length: 8 }, () => 2 ** 50);
    const record = new TensorRecord();
    record.add({ name: 'w', dtype: 'F16', elements: sides.reduce((product, side) => product * side, 1), shape: sides });
    record.add({ name: 'v', dtype: 'F16', elements: Number.POSITIVE_INFINITY, shape: [] });
    assert.deepEqual([modelFacts(record, 'pickle')?.parameters, modelFacts(record, 'pickle')?.tensors], [0, 2]);
  });

  it('never fail, and survive being kept, whatever stands in a file', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('emb_params', 'a.lora_down.weight', 'string_to_param'),
    );
    const sides = fc.array(fc.oneof(fc.nat(5000), fc.constant(2 ** 60), fc.constant(768)), { maxLength: 5 });
    const notes = fc.constantFrom(
      'ss_tag_frequency',
      'ss_bucket_info',
      'lora_adapter_metadata',
      'modelspec.x',
      'ss_network_alpha',
    );
    const words = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.json().map((text) => `{"a": ${text}}`),
    );
    const file = fc.record({
      tensors: fc.array(fc.tuple(names, sides), { maxLength: 20 }),
      notes: fc.array(fc.tuple(notes, words), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(file, ({ tensors, notes: entries }) => {
        const record = new TensorRecord();
        for (const [name, shape] of tensors) {
          record.add({ name, dtype: 'F16', elements: shape.reduce((product, one) => product * one, 1), shape });
        }
        for (const [key, value] of entries) record.note(key, value);
        const facts = modelFacts(record, 'safetensors');
        if (facts !== undefined) assert.deepEqual(JSON.parse(JSON.stringify(facts)), facts);
      }),
      { numRuns: 500 },
    );
  });

  it('name the quantisation of a GGUF file and read its sides from the outside in', async () => {
    const facts = await factsOf(
      writeGguf({
        keys: [
          ['general.architecture', 'llama'],
          ['general.name', 'Small'],
          ['general.file_type', 15],
        ],
        tensors: [{ name: 'blk.0.attn_q.weight', dimensions: [256, 2], type: 12, offset: 0 }],
        dataBytes: 288,
      }),
      'a.gguf',
    );
    assert.deepEqual([facts?.precision, facts?.kind?.id, facts?.base], ['Q4_K_M', 'llm', null]);
    assert.deepEqual([facts?.dtypes, facts?.parameters], [{ Q4_K: 512 }, 512]);
    assert.equal(facts?.notes['general.name'], 'Small');
  });

  it('call bare weights of a picture model in GGUF by what loads them', async () => {
    const tensors = ['double_blocks.0.img_mod.lin.weight', 'double_blocks.0.img_attn.qkv.weight'];
    const facts = await factsOf(
      writeGguf({
        keys: [['general.architecture', 'flux']],
        tensors: tensors.map((name, index) => ({ name, dimensions: [32], type: 8, offset: 64 * index })),
        dataBytes: 98,
      }),
      'a.gguf',
    );
    assert.deepEqual([facts?.kind?.id, facts?.base?.id, facts?.precision], ['gguf-model', 'flux1', 'Q8_0']);
  });

  it('know the tensors of a torch file without unpickling it, wherever they are nested', async () => {
    const names = ['model.diffusion_model.input_blocks.0.0.weight', 'first_stage_model.decoder.conv_in.weight'];
    const flat = await factsOf(torchZip(torchTensors([[], names])), 'a.ckpt');
    assert.deepEqual([flat?.tensors, flat?.kind?.id, flat?.precision, flat?.parameters], [2, 'checkpoint', 'fp32', 8]);
    const wrapped = await factsOf(torchZip(torchTensors([['state_dict'], names])), 'a.ckpt');
    assert.equal(wrapped?.kind?.id, 'checkpoint');
    const adapter = torchTensors([['image_proj'], ['proj.weight']], [['ip_adapter'], ['1.to_k_ip.weight']]);
    assert.equal((await factsOf(torchZip(adapter), 'a.bin'))?.kind?.id, 'ip-adapter');
    const embedding = torchTensors([['string_to_param'], ['*']]);
    assert.equal((await factsOf(torchZip(embedding), 'a.pt'))?.kind?.id, 'embedding');
  });

  it('do not count what an optimiser keeps', async () => {
    const facts = await factsOf(
      torchZip(torchTensors([['state_dict'], ['w']], [['optimizer'], ['exp_avg', 'exp_avg_sq']])),
      'a.pt',
    );
    assert.deepEqual([facts?.tensors, facts?.parameters], [1, 4]);
  });
});
