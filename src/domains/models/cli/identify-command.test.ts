import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { runCommand } from '../testing/command-runner.ts';
import { identifyCommand } from './identify-command.ts';

interface Identified {
  readonly kinds: readonly { readonly kind: string; readonly reasons: readonly { code: string; text: string }[] }[];
  readonly family: string | null;
  readonly tensors: number | null;
  readonly bases: readonly { readonly base: string }[];
}

describe('kura models identify', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-identify-'));
    const lora = {
      __metadata__: { ss_base_model_version: 'sdxl_base_v1-0' },
      'lora_te2_text_model_x.lora_down.weight': { dtype: 'F16', shape: [1, 2], data_offsets: [0, 4] },
      'lora_unet_x.lora_up.weight': { dtype: 'F16', shape: [2, 1], data_offsets: [4, 8] },
    };
    await writeFile(join(folder, '和紙.safetensors'), safetensors(JSON.stringify(lora)));
    await writeFile(join(folder, 'broken.safetensors'), safetensors('{"x":'));
    await writeFile(join(folder, 'a wildcard list.txt'), 'red\nblue\n');
    await writeFile(join(folder, 'nothing'), '');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  function identify(name: string, ...flags: readonly string[]) {
    return runCommand([identifyCommand], ['models', 'identify', ...flags, join(folder, name)]);
  }

  it('goes by the tensors of a file, and by what its trainer noted', async () => {
    const { code, events } = await identify('和紙.safetensors', '--json');
    assert.equal(code, 0);
    const file = events[0] as unknown as Identified;
    const [best] = file.kinds;
    assert.equal(best?.kind, 'lora');
    assert.ok(best.reasons.some((reason) => reason.code === 'models.kind.by-tensors' && reason.text !== reason.code));
    assert.deepEqual([file.family, file.tensors, file.bases[0]?.base], ['sdxl', 2, 'SDXL 1.0']);
  });

  it('makes do with name and extension where there are no tensors', async () => {
    const { events } = await identify('a wildcard list.txt', '--json');
    const { kinds, tensors } = events[0] as unknown as Identified;
    assert.deepEqual([kinds[0]?.kind, tensors], ['wildcards', null]);
  });

  it('takes a broken header for none, and an empty file for nothing', async () => {
    const { code, events } = await identify('broken.safetensors', '--json');
    assert.deepEqual([code, events[0]?.['tensors']], [0, null]);
    assert.match((await identify('nothing')).stdout, /Nothing about this file tells/);
  });

  it('goes on after a file that is not there', async () => {
    const missing = join(folder, 'missing.pt');
    const { code, events } = await identify('nothing', '--json', missing);
    assert.equal(code, 3);
    assert.deepEqual(
      events.map((event) => event['code']),
      ['kernel.path-not-found', undefined],
    );
  });
});

function safetensors(header: string): Buffer {
  const body = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(body.length));
  return Buffer.concat([length, body, Buffer.alloc(8)]);
}
