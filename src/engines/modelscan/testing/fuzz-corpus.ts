/** Good files of every format, and ways to damage them: for tests and for the long run (`npm run bench fuzz-scan`). */
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

import { goodSafetensors, torchZip, writeGguf, writeNpy, writeTar } from './model-writer.ts';
import { writeOnnx } from './onnx-writer.ts';
import { assemble, binUnicode, global, harmlessPickle, proto } from './pickle-assembler.ts';
import { writeSentencePiece } from './sentencepiece-writer.ts';
import { writeKerasMetadata, writeSavedModel } from './tensorflow-writer.ts';
import { writeTflite } from './tflite-writer.ts';
import { writeZip } from './zip-writer.ts';

function sample(path: string): Buffer {
  return readFileSync(new URL(path, import.meta.url));
}

const npy = writeNpy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", Buffer.alloc(8));

/** Name and content. */
export const goodFiles: readonly (readonly [string, Buffer])[] = [
  ['a.safetensors', goodSafetensors()],
  ['a.gguf', writeGguf({ keys: [['tokenizer.chat_template', "{{ m['a'] }}"]] })],
  ['a.onnx', writeOnnx()],
  ['a.pt', torchZip()],
  ['a.pkl', harmlessPickle()],
  ['a.bin', assemble(proto(2), global('collections', 'OrderedDict'), ')R', binUnicode('a'), 'K', 1, 's.')],
  ['a.npy', npy],
  ['a.npz', writeZip([{ name: 'x.npy', content: npy, deflate: true }])],
  ['a.tar', writeTar([{ name: 'm.safetensors', content: goodSafetensors() }])],
  ['a.pkl.gz', gzipSync(harmlessPickle())],
  ['a.json', Buffer.from('{"a": [1, "b", {"_target_": "torch.nn.Linear"}]}')],
  ['a.h5', gunzipSync(sample('hdf5-files/clean-model-latest.h5.gz'))],
  ['saved_model.pb', writeSavedModel({ assets: { a: 'a.txt' }, metadata: ['{"class_name": "Dense", "config": {}}'] })],
  ['keras_metadata.pb', writeKerasMetadata('{"class_name": "Dense", "config": {}}')],
  ['a.spm', writeSentencePiece(['word'])],
  ['a.tflite', writeTflite({ custom: ['TFLite_Detection_PostProcess'], metadata: ['TFLITE_METADATA'] })],
  ...['bz2', 'xz', 'lzma', 'lz4', 'zlib'].map(
    (codec) => [`a-${codec}.joblib`, sample(`joblib-files/clean-plain-${codec}.joblib`)] as const,
  ),
  ['a-bzip2.zip', sample('joblib-files/clean-bzip2.zip')],
  ['a-lzma.zip', sample('joblib-files/clean-lzma.zip')],
  ['a.7z', sample('7z-files/clean-plain-listing.7z')],
  ['workflow.json', Buffer.from('{"nodes": [{"id": 1, "type": "KSampler", "pos": [0, 0]}]}')],
  ['a.yaml', Buffer.from('a: &x [1, 2]\nb: *x\nc: {target: ldm.util.x}\n')],
];

export interface Mutation {
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly remove: number;
}

export function mutate(content: Buffer, mutations: readonly Mutation[]): Buffer {
  return mutations.reduce((current, { at, bytes, remove }) => {
    const index = at % (current.length + 1);
    return Buffer.concat([
      current.subarray(0, index),
      bytes,
      current.subarray(Math.min(current.length, index + remove)),
    ]);
  }, content);
}

/** Bytes that mean something to some format. */
export const meaningfulBytes: readonly Buffer[] = [
  'cos\nsystem\n',
  '\x8c\x02os\x8c\x06system\x93',
  'PK\x05\x06',
  'PK\x01\x02',
  '\xff\xff\xff\xff\xff\xff\xff\xff',
  '\0\0\0\0',
].map((text) => Buffer.from(text, 'latin1'));
