import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Verdict } from './report.ts';
import { scanBytes } from './scan-file.ts';
import { goodSafetensors, torchZip, writeGguf, writeTar } from './testing/model-writer.ts';
import { harmlessPickle, maliciousPickle } from './testing/pickle-assembler.ts';

async function verdict(content: Buffer | string, name?: string): Promise<Verdict> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return (await scanBytes(bytes, name === undefined ? {} : { names: [name] })).verdict;
}

const extensions = [
  '',
  '.pt',
  '.PTH',
  '.ckpt',
  '.bin',
  '.safetensors',
  '.gguf',
  '.npy',
  '.npz',
  '.zip',
  '.json',
  '.yaml',
  '.txt',
  '.png',
  '.onnx',
  '.h5',
  '.gz',
  '.tar',
];

describe('the name of a file', () => {
  it('never makes a dangerous file less dangerous', async () => {
    for (const extension of extensions)
      assert.equal(await verdict(maliciousPickle(), `m${extension}`), 'dangerous', extension);
  });

  it('does not matter where it says nothing', async () => {
    for (const content of [goodSafetensors(), torchZip(), writeGguf(), harmlessPickle()]) {
      assert.equal(await verdict(content), 'clean');
      assert.equal(await verdict(content, 'model'), 'clean');
      assert.equal(await verdict(content, 'model.unheard-of'), 'clean');
    }
    assert.equal(await verdict(goodSafetensors(), 'MODEL.SAFETENSORS'), 'clean');
  });

  it('is compared with the content, all names of it', async () => {
    const { verdict: two } = await scanBytes(goodSafetensors(), { names: ['a.safetensors', 'a.pt'] });
    assert.equal(two, 'suspicious');
  });
});

describe('what is no model', () => {
  const others: Readonly<Record<string, readonly [Buffer | string, string]>> = {
    'an error page': ['<!DOCTYPE html><html><body>404</body></html>', 'a.safetensors'],
    'a page under a pickle name': ['<html></html>', 'a.pt'],
    'a JSON error': ['{"error":"Unauthorized"}', 'a.ckpt'],
    'a pointer': ['version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n', 'a.safetensors'],
    'a program': [Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(100)]), 'a.bin'],
    'a picture': [Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(50)]), 'a.safetensors'],
    nothing: ['', 'a.safetensors'],
    noise: [Buffer.from('ffeeddccbbaa99887766554433221100ff', 'hex'), 'a.safetensors'],
  };
  for (const [name, [content, file]] of Object.entries(others)) {
    it(`is not clean: ${name}`, async () => {
      assert.ok(['invalid', 'suspicious'].includes(await verdict(content, file)));
    });
  }

  it('may be a note or a picture when it says so', async () => {
    assert.equal(await verdict('Mentions os.system and eval().\n', 'readme.md'), 'clean');
    assert.equal(await verdict('cos\nsystem\n(S"id"\ntR.', 'readme.md'), 'dangerous');
  });

  it('is a pickle where it imports, also without an end', async () => {
    const file = { name: 'notes', content: Buffer.from('cthird.party\nClass\n?') };
    assert.notEqual(await verdict(writeTar([file]), 'a.tar'), 'clean');
    assert.equal(
      await verdict(writeTar([{ name: 'LICENSE', content: Buffer.from('Free to use.\n') }]), 'a.tar'),
      'clean',
    );
    assert.equal(await verdict('N.', 'note.txt'), 'clean');
  });

  it('is suspicious where nobody looked inside', async () => {
    assert.equal(
      await verdict(Buffer.concat([Buffer.from('526172211a0700', 'hex'), Buffer.alloc(60)]), 'a.rar'),
      'suspicious',
    );
  });
});

describe('configuration', () => {
  const cases: readonly (readonly [string, string, Verdict])[] = [
    ['a.json', '{"architectures": ["LlamaForCausalLM"], "note": "os.system"}', 'clean'],
    ['a.json', '{"a": {"b": [{"c": {"_target_": "os.system"}}]}}', 'dangerous'],
    ['a.json', '{"a": {"\\u005ftarget_": "subprocess.Popen"}}', 'dangerous'],
    ['a.json', '{"_target_": "torch.nn.Linear", "_target_": "os.system"}', 'dangerous'],
    ['a.json', '{"_target_": "torch.nn.Linear"}', 'clean'],
    ['a.json', '{"auto_map": {"AutoModel": "modeling.Model"}}', 'suspicious'],
    ['a.json', '{"py/object": "os.system"}', 'dangerous'],
    ['a.json', '{"weight_map": {"w": "../../secret.bin"}}', 'dangerous'],
    ['a.json', '{"weight_map": {"w": "model-00001-of-00002.safetensors"}}', 'clean'],
    ['a.json', `${'['.repeat(300)}${']'.repeat(300)}`, 'invalid'],
    ['a.json', '{"a": 1,}', 'invalid'],
    ['tokenizer_config.json', '{"chat_template": [{"name": "x", "template": "{{ x.__class__ }}"}]}', 'dangerous'],
    ['a.yaml', 'model:\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n', 'clean'],
    ['a.yaml', 'model:\n  params:\n    target: os.system\n', 'dangerous'],
    ['a.yaml', 'a: !!python/object/apply:os.system ["id"]\n', 'dangerous'],
    ['a.yaml', 'a: !<tag:yaml.org,2002:python/object/apply:os.system> ["id"]\n', 'dangerous'],
    ['a.yaml', '%TAG ! tag:yaml.org,2002:python/\n---\na: !object/apply:os.system ["id"]\n', 'dangerous'],
    ['a.yaml', 'a: !!pyth%6fn/object/apply:os.system ["id"]\n', 'dangerous'],
    ['a.yaml', `a: ${'['.repeat(250)}${']'.repeat(250)}\n`, 'invalid'],
    ['a.yaml', 'a: !mine {b: 1}\n', 'suspicious'],
    ['a.jinja', '{{ messages[0]["content"] }}', 'clean'],
    ['a.jinja', '{{ self.__init__ }}', 'dangerous'],
  ];
  for (const [name, text, expected] of cases) {
    it(`${name} is ${expected}: ${text.slice(0, 60).trim()}`, async () => {
      assert.equal(await verdict(text, name), expected);
    });
  }

  it('is found in containers too', async () => {
    const file = { name: 'config.json', content: Buffer.from('{"_target_": "os.system"}') };
    assert.equal(await verdict(writeTar([file]), 'a.tar'), 'dangerous');
  });
});
