/**
 * A file made for another base model than its version says. Only what tensors prove counts, only between families that
 * their tensors tell apart, and only when the file itself does not say otherwise.
 */
import { type FilePieces, piecesSource, type ScanReport } from '#engines/modelscan';
import { KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { familyOf } from '../vocabulary/base-models.ts';
import { parseTensorHeader } from '../vocabulary/read-tensor-names.ts';
import { recogniseTensors, type Tensor } from '../vocabulary/tensor-signatures.ts';
import type { PlannedFile } from './plan-file.ts';

const LENGTH_BYTES = 8;
/** More than any look has fetched. */
const LARGEST = 4 * MIB;

/** Families no file of which looks like one of another: what else shares blocks with Flux is not in the list. */
const distinct: ReadonlyMap<string, string> = new Map([
  ['sd1', 'SD 1'],
  ['sd2', 'SD 2'],
  ['sdxl', 'SDXL'],
  ['sd3', 'SD 3'],
  ['flux1', 'Flux.1'],
]);

/** How trainers begin the name of an architecture (modelspec.architecture, ss_base_model_version). */
const stated: readonly (readonly [RegExp, string])[] = [
  [/^(?:stable-diffusion-v?1|sd[_-]?v?1)/i, 'sd1'],
  [/^(?:stable-diffusion-v?2|sd[_-]?v?2)/i, 'sd2'],
  [/^(?:stable-diffusion-xl|sdxl)/i, 'sdxl'],
  [/^(?:stable-diffusion-v?3|sd[_-]?v?3)/i, 'sd3'],
  [/^flux/i, 'flux1'],
];

/** Width of the text vectors that the cross attention of a UNet reads. */
const familyByTextWidth: Readonly<Record<number, string>> = { 768: 'sd1', 1024: 'sd2', 2048: 'sdxl' };
const crossAttention =
  /(?:input|output|middle|down|up|mid)_blocks?[._].*attn2[._](?:processor[._])?to_k(?:_lora)?\.(?:weight|lora_down\.weight|lora_A\.weight|lora\.down\.weight|down\.weight)$/;

/** Undefined when the base agrees, when it cannot be told, or when it is not told of any. */
export function refusalOfBase(
  { format, wanted }: ScanReport,
  { file, version }: Pick<PlannedFile, 'file' | 'version'>,
  pieces: FilePieces,
): KuraError | undefined {
  const claimed = lineOf(version.baseModel);
  if (format !== 'safetensors' || wanted !== undefined || claimed === undefined) return undefined;
  const { tensors, metadata } = headerOf(pieces);
  const found = provenFamily(tensors);
  if (found === undefined || found === claimed || statedFamilies(metadata).includes(claimed)) return undefined;
  const params = { name: file.name, claimed: version.baseModel, found: distinct.get(found), sizeBytes: pieces.size };
  return new KuraError('mismatch', 'models.wrong-base-model', { params });
}

/** The family whose tensors a base model has; undefined for those that cannot be told apart. */
function lineOf(baseModel: string | null): string | undefined {
  const family = baseModel === null ? undefined : familyOf(baseModel);
  const line = family?.within ?? family?.id;
  return line !== undefined && distinct.has(line) ? line : undefined;
}

/** The whole header is among the pieces: the scanner has read it. */
function headerOf(pieces: FilePieces) {
  const source = piecesSource(pieces);
  const length = Number(source.read(0, LENGTH_BYTES).readBigUInt64LE());
  const text = source.read(LENGTH_BYTES, Math.min(length, LARGEST)).toString('utf8');
  return parseTensorHeader(text) ?? { tensors: [], metadata: {} };
}

/** Exported for its test. What the tensors prove, undefined when names and widths do not agree on one family. */
export function provenFamily(tensors: readonly Tensor[]): string | undefined {
  const names = recogniseTensors(tensors).family;
  // The text parts of a LoRA for SD 3 are named like those of SDXL.
  const byName = tensors.some(({ name }) => name.startsWith('lora_te3_')) ? null : names;
  const widths = tensors.filter(({ name }) => crossAttention.test(name)).map(({ shape }) => shape[1] ?? 0);
  const families = new Set(widths.map((width) => familyByTextWidth[width]));
  if (byName !== null) families.add(byName);
  const [only, ...others] = families;
  return only !== undefined && others.length === 0 && distinct.has(only) ? only : undefined;
}

function statedFamilies(metadata: Readonly<Record<string, string>>): readonly string[] {
  const words = [metadata['modelspec.architecture'], metadata['ss_base_model_version']];
  return stated.filter(([pattern]) => words.some((word) => pattern.test(word ?? ''))).map(([, family]) => family);
}
