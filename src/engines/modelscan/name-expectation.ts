/** What loaders assume from a file's extension. */
import type { Format } from './format.ts';

const torchFormats: readonly Format[] = ['torch-zip', 'torch-legacy', 'pickle', 'tar'];
const imageFormats: readonly Format[] = ['image', 'video'];
const textFormats: readonly Format[] = ['text', 'json', 'yaml', 'html', 'template'];

const expectations: ReadonlyMap<string, readonly Format[]> = new Map<string, readonly Format[]>([
  ...each('safetensors sft', ['safetensors']),
  ...each('pt pth ckpt bin th pt2', torchFormats),
  ...each('pkl pickle dill p joblib pk', [...torchFormats, 'gzip', 'zlib', 'zfile', 'bzip2', 'xz', 'lzma', 'lz4']),
  ...each('npy', ['npy', 'pickle']),
  ...each('npz', ['npz']),
  ...each('gguf', ['gguf']),
  ...each('onnx', ['onnx']),
  ...each('h5 hdf5 hdf', ['hdf5']),
  ...each('keras', ['zip', 'hdf5']),
  ...each('tflite lite', ['tflite']),
  ...each('pb', ['tensorflow', 'onnx']),
  ...each('spm', ['sentencepiece']),
  ...each('zip', ['zip', 'torch-zip', 'npz']),
  ...each('tar', ['tar']),
  ...each('gz tgz', ['gzip']),
  ...each('bz2', ['bzip2']),
  ...each('xz', ['xz']),
  ...each('lzma', ['lzma']),
  ...each('lz4', ['lz4']),
  ...each('7z', ['7z']),
  ...each('rar', ['rar']),
  ...each('zst', ['zstd']),
  ...each('json', ['json']),
  ...each('yaml yml', ['yaml']),
  ...each('jinja jinja2 j2', ['template']),
  ...each('txt md caption csv rst html htm license', textFormats),
  ...each('png jpg jpeg webp gif mp4 avi', imageFormats),
]);

/** Extensions whose loaders run a pickle when the content is nothing else. */
const pickleLoaders: ReadonlySet<string> = new Set('pt pth ckpt bin th pkl pickle dill p joblib pk npy'.split(' '));

/** Everything above that is data for people rather than a model. */
const sidecars: ReadonlySet<string> = new Set(
  'txt md caption csv tsv rst html htm license png jpg jpeg webp gif mp4 avi toml ini cfg log bib cff'.split(' '),
);

/** Notes that come with models under names without an extension. */
const noteNames = /^(?:licen[cs]e|copying|notice|readme|authors|changelog|citation|\.git(?:attributes|ignore))$/i;

export function extensionOf(name: string): string {
  const trimmed = name.trim();
  const dot = trimmed.lastIndexOf('.');
  const extension = dot < 0 ? '' : trimmed.slice(dot + 1);
  return extension.includes('/') || extension.includes('\\') ? '' : extension.toLowerCase();
}

function baseName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}

/** The formats a loader of this name reads; undefined when the name says nothing. */
export function expectedFormats(name: string): readonly Format[] | undefined {
  return expectations.get(extensionOf(name));
}

export function loadsPickles(names: readonly string[]): boolean {
  return names.some((name) => pickleLoaders.has(extensionOf(name)));
}

/** Whether every name says that this is a text or picture for people. */
export function isSidecarName(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => sidecars.has(extensionOf(name)) || noteNames.test(baseName(name)));
}

export function namedAs(names: readonly string[], format: Format): boolean {
  return names.some((name) => expectedFormats(name)?.includes(format) ?? false);
}

function each(extensions: string, formats: readonly Format[]): [string, readonly Format[]][] {
  return extensions.split(' ').map((extension) => [extension, formats]);
}
