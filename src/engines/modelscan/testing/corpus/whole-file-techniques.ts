/** Files that are no models, or other ones than their names say (scan-rules §2). */
import { goodSafetensors, torchZip, writeGguf } from '../model-writer.ts';
import { field, message, smallGraph } from '../onnx-writer.ts';
import { harmlessPickle, maliciousPickle } from '../pickle-assembler.ts';
import { writeZip } from '../zip-writer.ts';
import type { Techniques } from './technique.ts';

function portableExecutable(): Buffer {
  const program = Buffer.alloc(200);
  program.write('MZ');
  program.writeUInt32LE(64, 60);
  program.write('PE\0\0', 64);
  return program;
}

export const wholeFileTechniques: Techniques = {
  'is no model at all': {
    rule: 'not-a-model',
    samples: {
      'error-page.safetensors': '<!DOCTYPE html><html><body>404</body></html>',
      'page.pt': '<html></html>',
      'pointer.safetensors': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
      'picture.safetensors': Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(50)]),
      'noise.gguf': Buffer.from('ffeeddccbbaa99887766554433221100ff', 'hex'),
      'wrapped-length.safetensors': Buffer.concat([Buffer.from('0000000000000080', 'hex'), Buffer.from('{"a": 1}')]),
      'text.safetensors': 'Unauthorized\n',
    },
  },
  'is a program': {
    rule: 'program-file',
    samples: {
      'elf.bin': Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(100)]),
      'windows.pt': portableExecutable(),
      'script.ckpt': '#!/bin/sh\nid\n',
      'library.zip': writeZip([
        { name: 'x.so', content: Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(100)]) },
      ]),
      'class.bin': Buffer.concat([Buffer.from('cafebabe', 'hex'), Buffer.alloc(40)]),
    },
  },
  'is configuration under the name of a note': {
    rule: 'config-callable',
    samples: {
      'config.txt': '{"a": {"_target_": "os.system"}}',
      'config.md': 'model:\n  params:\n    target: os.system\n',
      'list.caption': '[{"class_path": "evil.Model"}]',
      'config.jinja': '{"a": {"_target_": "os.system"}}',
    },
  },
  'is nothing': {
    rule: 'empty-file',
    samples: {
      'a.safetensors': '',
      'a.pt': '',
      'a.gguf': '',
      'member.zip': writeZip([{ name: 'a.pt', content: Buffer.alloc(0) }]),
    },
  },
  'is another format than its name says': {
    rule: 'format-name-mismatch',
    samples: {
      'torch.safetensors': torchZip(),
      'safetensors.pt': goodSafetensors(),
      'gguf.safetensors': writeGguf(),
      'pickle.safetensors': harmlessPickle(),
      'pickle.json': harmlessPickle(),
    },
  },
  'is a newer format than is known here': {
    rule: 'not-yet-analysed-format',
    samples: {
      'onnx-99.onnx': Buffer.concat([field(1, 99), message(8, field(2, 17)), field(7, smallGraph)]),
      'onnx-200.onnx': Buffer.concat([field(1, 200), message(8, field(2, 17)), field(7, smallGraph)]),
      'text.zip': writeZip([{ name: 'saved_model.pbtxt', content: Buffer.from('node { op: "Relu" }\n') }]),
    },
  },
  'is the same under every name': {
    rule: 'pickle-import-process',
    samples: Object.fromEntries(
      [
        '',
        '.PTH',
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
        '.7z',
        '.pb',
        '.keras',
        '.jinja',
        '.unheard-of',
      ].map((extension) => [`model${extension}`, maliciousPickle()]),
    ),
  },
};
