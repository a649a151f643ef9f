/** Files of numbers that break their format or reach out of it (scan-rules §6). */

import { gunzipSync } from 'node:zlib';
import { writeGguf, writeNpy, writeSafetensors } from '../model-writer.ts';
import { assemble, maliciousPickle, proto } from '../pickle-assembler.ts';
import { writeZip } from '../zip-writer.ts';
import { sample } from './sample.ts';
import type { Techniques } from './technique.ts';

const tensor = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
const numbers = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";

function npy(descr: string, data = maliciousPickle()): Buffer {
  return writeNpy(`{'descr': ${descr}, 'fortran_order': False, 'shape': (1,), }`, data);
}

function hdf5(name: string): Buffer {
  return gunzipSync(sample(`hdf5-files/${name}.h5.gz`));
}

export const numericTechniques: Techniques = {
  'puts objects where numbers belong': {
    rule: 'pickle-import-process',
    samples: {
      'plain.npy': npy("'|O'"),
      'sized.npy': npy("'<O8'"),
      'word.npy': npy("'object'"),
      'list.npy': npy("[('a', '<f4'), ('b', '|O')]"),
      'nested-field.npy': npy("[('a', [('b', '|O')])]"),
      'titled-field.npy': npy("[(('title', 'a'), '|O')]"),
      'part.npy': npy("('|O', (1,))"),
      'text-of-fields.npy': npy("'f4,O'"),
      'counted.npy': npy("'3O'"),
      'in-archive.npz': writeZip([{ name: 'x.npy', content: npy("'|O'") }]),
      'no-array.npz': writeZip([{ name: 'x.npy', content: maliciousPickle() }]),
      'pickle.npy': maliciousPickle(),
      'record.joblib': sample('joblib-files/dangerous-record-none.joblib'),
      'objects.joblib': sample('joblib-files/dangerous-objects-lz4.joblib'),
    },
  },
  'breaks as an array': {
    rule: 'npy-broken',
    samples: {
      'version.npy': Buffer.concat([Buffer.from('\x93NUMPY\x09\x00', 'latin1'), Buffer.alloc(20)]),
      'too-short.npy': writeNpy(numbers, Buffer.alloc(7)),
      'too-long.npy': writeNpy(numbers, Buffer.alloc(9)),
      'code-in-header.npy': writeNpy(
        "{'descr': __import__('os'), 'fortran_order': False, 'shape': (2,)}",
        Buffer.alloc(8),
      ),
      'negative.npy': writeNpy("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}", Buffer.alloc(8)),
      'missing-field.npy': writeNpy("{'descr': '<f4', 'shape': (2,)}", Buffer.alloc(8)),
      'wrapped.npy': writeNpy(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4)}",
        Buffer.alloc(0),
      ),
      'header-too-long.npy': writeNpy(numbers, Buffer.alloc(8)).fill(0xff, 8, 10),
    },
  },
  'puts other things beside arrays': {
    rule: 'npz-member',
    samples: Object.fromEntries(
      ['readme.txt', 'x.json', 'sub/picture.md'].map((name) => [
        `${name.length}.npz`,
        writeZip([
          { name: 'x.npy', content: writeNpy(numbers, Buffer.alloc(8)) },
          { name, content: Buffer.from('{"a": 1}') },
        ]),
      ]),
    ),
  },
  'breaks in the header': {
    rule: 'safetensors-header',
    samples: {
      'comma.safetensors': writeSafetensors('{"a":{"dtype":"F32","shape":[2,],"data_offsets":[0,8]}}', 8),
      'key-twice.safetensors': writeSafetensors(
        `{"a":${JSON.stringify(tensor)},"\\u0061":${JSON.stringify(tensor)}}`,
        8,
      ),
      'nan.safetensors': writeSafetensors('{"a": NaN}', 0),
      'huge.safetensors': writeSafetensors(`{"a":${JSON.stringify(tensor)}}`.padEnd(100_000_100, ' '), 8),
    },
  },
  'describes tensors that cannot be': {
    rule: 'safetensors-tensor',
    samples: {
      'type.safetensors': writeSafetensors({ a: { ...tensor, dtype: 'F31' } }, 8),
      'shape.safetensors': writeSafetensors({ a: { ...tensor, shape: [3] } }, 8),
      'negative.safetensors': writeSafetensors({ a: { ...tensor, shape: [-2] } }, 8),
      'fraction.safetensors': writeSafetensors('{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}', 8),
      'field.safetensors': writeSafetensors({ a: { ...tensor, code: 'x' } }, 8),
      'field-twice.safetensors': writeSafetensors(
        '{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
        8,
      ),
    },
  },
  'does not cover its data once': {
    rule: 'safetensors-coverage',
    samples: {
      'hole.safetensors': writeSafetensors({ a: tensor, b: { ...tensor, data_offsets: [9, 17] } }, 17),
      'overlap.safetensors': writeSafetensors({ a: tensor, b: { ...tensor, data_offsets: [4, 12] } }, 12),
      'tail.safetensors': writeSafetensors({ a: tensor }, 9),
      'missing.safetensors': writeSafetensors({ a: tensor }, 7),
      'tail-pickle.safetensors': writeSafetensors(
        { a: tensor },
        Buffer.concat([Buffer.alloc(8), Buffer.from('cos\nsystem\n')]),
      ),
    },
  },
  'keeps more than text in its metadata': {
    rule: 'safetensors-metadata',
    samples: {
      'number.safetensors': writeSafetensors({ __metadata__: { a: 1 }, a: tensor }, 8),
      'list.safetensors': writeSafetensors({ __metadata__: ['a'], a: tensor }, 8),
      'object.safetensors': writeSafetensors({ __metadata__: { a: { b: 'c' } }, a: tensor }, 8),
      'key-twice.safetensors': writeSafetensors(`{"__metadata__":{"a":"1","a":"2"},"a":${JSON.stringify(tensor)}}`, 8),
    },
  },
  'breaks as a GGUF': {
    rule: 'gguf-broken',
    samples: {
      'version.gguf': writeGguf({ version: 4 }),
      'old.gguf': writeGguf({ version: 1 }),
      'key-twice.gguf': writeGguf({
        keys: [
          ['a', 'x'],
          ['a', 'y'],
        ],
      }),
      'alignment.gguf': writeGguf({ keys: [['general.alignment', 3]] }),
      'type.gguf': writeGguf({ tensors: [{ name: 'w', dimensions: [32, 2], type: 99, offset: 0 }] }),
      'dimensions.gguf': writeGguf({ tensors: [{ name: 'w', dimensions: [32, 1, 1, 1, 2], type: 2, offset: 0 }] }),
      'offset.gguf': writeGguf({ tensors: [{ name: 'w', dimensions: [32, 2], type: 2, offset: 32 }] }),
      'wrapped.gguf': writeGguf({
        tensors: [{ name: 'w', dimensions: [0x7fff_ffff, 0x7fff_ffff, 0x7fff_ffff], type: 0, offset: 0 }],
      }),
      'tail.gguf': writeGguf({ dataBytes: 1000 }),
      'cut.gguf': writeGguf().subarray(0, 60),
    },
  },
  'announces more than a GGUF can hold': {
    rule: 'gguf-limit',
    limits: { ggufElements: 5, ggufBytes: 8 },
    samples: {
      'text.gguf': writeGguf({ keys: [['a', 'a text of more than eight bytes']] }),
      'list.gguf': writeGguf({ keys: [['a', ['b', 'c', 'd', 'e', 'f', 'g', 'h']]] }),
      'keys.gguf': writeGguf({ keys: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => [key, 1] as const) }),
    },
  },
  'leads out of the file': {
    rule: 'hdf5-external',
    samples: {
      'link.h5': hdf5('dangerous-external-link-latest'),
      'link-early.h5': hdf5('dangerous-external-link-earliest'),
      'data.h5': hdf5('dangerous-external-data-latest'),
      'data-early.hdf5': hdf5('dangerous-external-data-earliest'),
      'virtual.h5': hdf5('dangerous-virtual-latest'),
      'virtual-early.h5': hdf5('dangerous-virtual-earliest'),
    },
  },
  'keeps pickles in attributes': {
    rule: 'pickle-import-process',
    samples: {
      'text.h5': hdf5('dangerous-pickle-latest'),
      'early.h5': hdf5('dangerous-pickle-earliest'),
      'bytes.h5': hdf5('dangerous-pickle-bytes-latest'),
      'bytes-early.h5': hdf5('dangerous-pickle-bytes-earliest'),
    },
  },
  'keeps code of a layer in attributes': {
    rule: 'keras-lambda',
    samples: {
      'plain.h5': hdf5('dangerous-lambda-latest'),
      'fixed-text.h5': hdf5('dangerous-lambda-fixed-text-latest'),
      'among-many.h5': hdf5('dangerous-lambda-among-attributes-latest'),
      'early.h5': hdf5('dangerous-lambda-earliest'),
      'far-user-block.h5': Buffer.concat([Buffer.alloc(8192), hdf5('dangerous-lambda-latest')]),
    },
  },
  'starts behind bytes of somebody else': {
    rule: 'hdf5-user-block',
    samples: {
      'block.h5': hdf5('suspicious-user-block-latest'),
      'block-early.h5': hdf5('suspicious-user-block-earliest'),
      'block-8192.h5': Buffer.concat([Buffer.alloc(8192), hdf5('clean-model-latest')]),
    },
  },
  'breaks as an HDF5': {
    rule: 'hdf5-broken',
    samples: {
      'cut.h5': hdf5('clean-model-latest').subarray(0, 300),
      'version.h5': Buffer.concat([Buffer.from('894844460d0a1a0a', 'hex'), Buffer.alloc(600, 9)]),
      'cut-early.h5': hdf5('clean-model-earliest').subarray(0, 700),
    },
  },
  'is two formats at once': {
    rule: 'format-polyglot',
    verdict: 'dangerous',
    samples: {
      'safetensors-and-zip.safetensors': (() => {
        const data = writeZip([{ name: 'x.pkl', content: maliciousPickle() }]);
        return writeSafetensors({ a: { dtype: 'U8', shape: [data.length], data_offsets: [0, data.length] } }, data);
      })(),
      'picture-and-zip.png': Buffer.concat([
        Buffer.from('89504e470d0a1a0a', 'hex'),
        writeZip([{ name: 'x.pkl', content: maliciousPickle() }]),
      ]),
      'page-and-zip.html': Buffer.concat([
        Buffer.from('<html></html>'),
        writeZip([{ name: 'x.pkl', content: maliciousPickle() }]),
      ]),
      'pickle-and-zip.pkl': Buffer.concat([
        assemble(proto(2), 'N.'),
        writeZip([{ name: 'x.pkl', content: maliciousPickle() }]),
      ]),
    },
  },
};
