/**
 * Decides which loaders could take some bytes, and lets every one of their scanners look: by content, by name, and by
 * the formats that do not care what a file starts with (scan-rules §1, third principle).
 */
import type { ByteSource } from './byte-source.ts';
import type { MemberScanner } from './container/member-scanner.ts';
import { scanGzip, scanStream, scanZfile } from './container/scan-stream.ts';
import { scanTar } from './container/scan-tar.ts';
import { detectBySignature, detectText } from './detect-format.ts';
import type { Format } from './format.ts';
import { scanGguf } from './gguf/scan-gguf.ts';
import { findSuperblock } from './hdf5/hdf5-file.ts';
import { scanHdf5 } from './hdf5/scan-hdf5.ts';
import { expectedFormats, extensionOf, isSidecarName, loadsPickles, namedAs } from './name-expectation.ts';
import { scanNpy } from './numpy/scan-npy.ts';
import { isOnnx, scanOnnx } from './onnx/scan-onnx.ts';
import { guessPickle, type PickleGuess, scanPickle } from './pickle/scan-pickle.ts';
import { type RuleId, rules } from './rules.ts';
import { scanSafetensors } from './safetensors/scan-safetensors.ts';
import { ScanStop } from './scan-stop.ts';
import type { Scope } from './scope.ts';
import { scan7z } from './sevenzip/scan-7z.ts';
import { isCheckpointIndex, isCheckpointShard } from './tensorflow/checkpoint.ts';
import { scanTensorflow } from './tensorflow/scan-tensorflow.ts';
import { tensorflowKind } from './tensorflow/tensorflow-kind.ts';
import { judgeTemplate } from './text/chat-template.ts';
import { decodeText } from './text/decode-text.ts';
import type * as ForeignText from './text/foreign-text.ts';
import { scanJson } from './text/scan-json.ts';
import type * as ScanYaml from './text/scan-yaml.ts';
import { scanTflite } from './tflite/scan-tflite.ts';
import { isSentencePiece, scanSentencePiece } from './tokenizer/scan-sentencepiece.ts';
import { scanLegacyTorch } from './torch/scan-legacy.ts';
import { findDirectories } from './zip/directory.ts';
import { scanZip } from './zip/scan-zip.ts';

type Scanner = (scope: Scope, source: ByteSource, scan: MemberScanner) => Promise<Format | void>;

const scanners: Readonly<Record<Format, Scanner>> = {
  safetensors: scanSafetensors,
  gguf: scanGguf,
  onnx: scanOnnx,
  hdf5: container(scanHdf5),
  tflite: scanTflite,
  tensorflow: scanTensorflow,
  'tensorflow-checkpoint': nothing,
  sentencepiece: scanSentencePiece,
  zip: container(scanZip),
  'torch-zip': container(scanZip),
  npz: container(scanZip),
  tar: container(scanTar),
  'torch-legacy': scanLegacyTorch,
  pickle: scanPickle,
  npy: scanNpy,
  gzip: container(scanGzip),
  zfile: container(scanZfile),
  zlib: compressed('zlib'),
  zstd: compressed('zstd'),
  bzip2: compressed('bzip2'),
  xz: compressed('xz'),
  lzma: compressed('lzma'),
  lz4: compressed('lz4'),
  '7z': container(scan7z),
  rar: unknownCodec,
  json: scanJson,
  yaml: scanYaml,
  template: scanTemplate,
  text: scanText,
  image: forPeople,
  video: forPeople,
  html: forPeople,
  'git-lfs-pointer': notAModel,
  unknown: scanUnknown,
  program: (scope) => found(scope, 'program-file'),
  empty: (scope) =>
    scope.depth > 0 && scope.names.every((name) => expectedFormats(name) === undefined)
      ? nothing()
      : found(scope, 'empty-file'),
};

/** Scans bytes of any format into `scope`; never throws for what the bytes are, only when the scan was cancelled. */
export async function scanContent(scope: Scope, source: ByteSource): Promise<Format> {
  return (await guarded(scope, () => scanReadings(scope, source))) ?? 'unknown';
}

async function scanReadings(scope: Scope, source: ByteSource): Promise<Format> {
  const guess = guessPickle(source, scope.context.limits);
  const detected = detect(scope, source, guess);
  const format = (await guarded(scope, () => scanners[detected](scope, source, scanMember))) ?? detected;
  scope.context.formats.add(format);
  if (!neverAlsoPickles.has(detected)) reportAsPickle(scope, detected, guess);
  if (!['zip', 'tar', 'tflite'].includes(detected)) await scanAsZip(scope, source);
  judgeNames(scope, format);
  return format;
}

/** Pickles themselves, and zips: their first letter asks for a persistent id, at which loaders of plain pickles stop. */
const neverAlsoPickles: ReadonlySet<Format> = new Set<Format>(['pickle', 'torch-legacy', 'zip']);

async function scanMember(scope: Scope, source: ByteSource): Promise<void> {
  if (scope.context.needsBreath()) await scope.context.breathe();
  await scanContent(scope, source);
}

function detect(scope: Scope, source: ByteSource, guess: PickleGuess): Format {
  const signed = detectBySignature(source);
  if (signed !== undefined && !(signed === 'zlib' && guess.complete)) return signed;
  const [first, second = 255] = source.read(0, 2);
  // A note for people may happen to be a pickle of nothing; anything else that imports is taken for what it does.
  const likely = isSidecarName(scope.names) ? guess.complete && guess.imports > 0 : guess.complete || guess.imports > 0;
  if (likely || (first === 0x80 && second <= 5)) return 'pickle';
  if (isOnnx(source)) return 'onnx';
  if (tensorflowKind(source) !== undefined) return 'tensorflow';
  if (isCheckpointIndex(source)) return 'tensorflow-checkpoint';
  if (isSentencePiece(source)) return 'sentencepiece';
  const textual = detectTextual(scope, source);
  // No signature tells protobuf from noise: under this name a loader would take anything for a model.
  if (textual !== 'unknown' && textual !== 'text') return textual;
  if (namedAs(scope.names, 'tensorflow')) return 'tensorflow';
  if (namedAs(scope.names, 'onnx')) return 'onnx';
  if (textual === 'unknown' && findSuperblock(source) !== undefined) return 'hdf5';
  return textual === 'unknown' && isCheckpointShard(scope.names) ? 'tensorflow-checkpoint' : textual;
}

function detectTextual(scope: Scope, source: ByteSource): Format {
  const { jsonBytes } = scope.context.limits;
  const sample = source.read(0, 4096);
  if (source.size > jsonBytes || (sample.includes(0) && sample[0] !== 0xff && sample[0] !== 0xfe)) return 'unknown';
  const text = decodeText(source);
  if (text === undefined) return 'unknown';
  const format = detectText(text);
  if (isSidecarName(scope.names)) return format === 'json' || format === 'template' ? 'text' : format;
  if (namedAs(scope.names, 'template') && format !== 'git-lfs-pointer') return 'template';
  if (namedAs(scope.names, 'yaml') && format !== 'git-lfs-pointer' && format !== 'html') return 'yaml';
  return format;
}

/** The same bytes may also be a pickle: some loaders ask nothing but their own reader. */
function reportAsPickle(scope: Scope, format: Format, guess: PickleGuess): void {
  const harmful = guess.findings.some(({ rule }) => rules[rule] === 'dangerous');
  const note = format === 'text' && guess.imports === 0;
  if (note || !(guess.complete || harmful)) return;
  scope.report('format-polyglot', { offset: 0, evidence: `${format}, pickle` });
  scope.context.formats.add('pickle');
  for (const { rule, details } of guess.findings) scope.report(rule, details);
}

/** Zip readers look for the end of a file, whatever it starts with. */
async function scanAsZip(scope: Scope, source: ByteSource): Promise<void> {
  const directories = findDirectories(source).filter(({ count }) => count > 0);
  if (directories.length === 0) return;
  scope.report('format-polyglot', { offset: directories[0]?.start ?? 0, evidence: 'zip' });
  scope.context.formats.add('zip');
  await guarded(scope, () => scanners.zip(scope, source, scanMember));
}

function judgeNames(scope: Scope, format: Format): void {
  for (const name of scope.names) {
    const expected = expectedFormats(name);
    if (expected !== undefined && !expected.includes(format)) {
      scope.report('format-name-mismatch', { evidence: `${name}: ${format}` });
    }
  }
}

/** Faults that end the whole scan rather than one part of it. */
const fatalRules: ReadonlySet<RuleId> = new Set<RuleId>(['scan-time', 'archive-bomb', 'archive-entries']);

async function guarded<Result>(scope: Scope, work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    scope.context.signal?.throwIfAborted();
    if (error instanceof ScanStop) {
      scope.report(error.rule, error.details);
      if (fatalRules.has(error.rule) && scope.depth > 0) throw error;
    } else scope.report('scan-failed', { evidence: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

function container(scanner: Scanner): Scanner {
  return (scope, source, scan) => {
    const { archiveDepth } = scope.context.limits;
    return scope.depth < archiveDepth
      ? scanner(scope, source, scan)
      : found(scope, 'archive-depth', String(archiveDepth));
  };
}

function compressed(codec: Parameters<typeof scanStream>[2]): Scanner {
  return container((scope, source, scan) => scanStream(scope, source, codec, scan));
}

async function found(scope: Scope, rule: RuleId, evidence = scope.names[0] ?? ''): Promise<void> {
  scope.report(rule, { evidence });
}

async function nothing(): Promise<void> {
  await Promise.resolve();
}

async function unknownCodec(scope: Scope, source: ByteSource): Promise<void> {
  scope.report('archive-codec', { evidence: detectBySignature(source) ?? '' });
}

async function notAModel(scope: Scope, source: ByteSource): Promise<void> {
  scope.report('not-a-model', { offset: 0, evidence: source.read(0, 80).toString('utf8') });
}

/** YAML's parser is loaded when first needed, and asked for once: to import again takes as long as a small file. */
let yamlScanner: Promise<typeof ScanYaml> | undefined;

async function scanYaml(scope: Scope, source: ByteSource): Promise<void> {
  yamlScanner ??= import('./text/scan-yaml.ts');
  await (await yamlScanner).scanYaml(scope, source);
}

async function scanUnknown(scope: Scope, source: ByteSource): Promise<void> {
  if (loadsPickles(scope.names)) await scanPickle(scope, source);
  scope.report('not-a-model', { offset: 0, evidence: source.read(0, 16).toString('hex') });
}

/** Loaded when first needed, like YAML itself: its parser takes a fifth of the time that a thread needs to start. */
async function textRules(): Promise<typeof ForeignText> {
  return (foreignText ??= import('./text/foreign-text.ts'));
}

let foreignText: Promise<typeof ForeignText> | undefined;

async function scanTemplate(scope: Scope, source: ByteSource): Promise<void> {
  const text = decodeText(source) ?? '';
  judgeTemplate(scope, text, scope.names[0] ?? '');
  (await textRules()).judgeForeignText(scope, text);
}

const scriptExtensions: ReadonlySet<string> = new Set(
  'py pyc pyw sh bash bat cmd ps1 js mjs vbs lua rb pl php'.split(' '),
);

/** Text is only data where nothing would interpret it: a note for people, or a nameless part of an archive. */
async function scanText(scope: Scope, source: ByteSource): Promise<void> {
  if (scope.names.some((name) => scriptExtensions.has(extensionOf(name)))) await found(scope, 'script-file');
  else if (loadsPickles(scope.names)) await scanUnknown(scope, source);
  else if (!isSidecarName(scope.names) && (scope.depth === 0 || scope.names.some(expectedFormats)))
    await notAModel(scope, source);
  const text = decodeText(source) ?? '';
  const { judgeForeignText, judgeNote } = await textRules();
  if (isSidecarName(scope.names)) judgeNote(scope, text);
  else judgeForeignText(scope, text);
}

async function forPeople(scope: Scope, source: ByteSource): Promise<void> {
  if (!isSidecarName(scope.names)) await notAModel(scope, source);
}
