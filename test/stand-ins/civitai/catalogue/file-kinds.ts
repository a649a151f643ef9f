/** One function per kind of file people find on the site; each returns a draft whose bytes are made on demand. */
import { type Content, literal } from '../files/content.ts';
import { type GgufType, gguf, llamaNames } from '../files/gguf.ts';
import { npz } from '../files/npz.ts';
import { paint } from '../files/painting.ts';
import { encodePng } from '../files/png.ts';
import { safetensors } from '../files/safetensors.ts';
import {
  checkpointNames,
  fluxNames,
  type LoraFamily,
  loraTensors,
  type Precision,
  sizedTensors,
  vaeNames,
} from '../files/tensor-layout.ts';
import { embeddingPickle, torchLegacy, torchZip } from '../files/torch.ts';
import { zipArchive } from '../files/zip.ts';
import type { FileDraft } from './draft.ts';

export type FileOptions = Partial<Omit<FileDraft, 'upload' | 'make'>>;

export interface LoraPlan {
  readonly upload: string;
  readonly base: string;
  readonly bytes: number;
  readonly words?: readonly string[];
  readonly rank?: number;
}

export function loraFile(plan: LoraPlan, options: FileOptions = {}): FileDraft {
  const metadata = { format: 'SafeTensor', size: null, fp: 'fp16' };
  return { metadata, ...options, upload: plan.upload, make: (key) => loraContent(plan, key) };
}

export function loraContent(plan: LoraPlan, key: string): Content {
  const rank = plan.rank ?? 8;
  const tensors = loraTensors(familyOf(plan.base), { bytes: plan.bytes, rank });
  const modules = tensors
    .filter((_, index) => index % 2 === 0)
    .map(({ name }) => name.replace(/\.lora_[^.]+\.weight$/, ''));
  return safetensors({
    key,
    tensors,
    scalars: Object.fromEntries(modules.map((module) => [`${module}.alpha`, rank / 2])),
    metadata: loraMetadata(plan, rank),
  });
}

/** Weights in safetensors under the names of their family. */
export function weightsFile(
  plan: {
    readonly upload: string;
    readonly names: readonly string[];
    readonly bytes: number;
    readonly dtype?: Precision;
  },
  options: FileOptions = {},
): FileDraft {
  const dtype = plan.dtype ?? 'F16';
  return {
    metadata: { format: 'SafeTensor', size: 'pruned', fp: dtype === 'F32' ? 'fp32' : 'fp16' },
    ...options,
    upload: plan.upload,
    make: (key) =>
      safetensors({ key, tensors: sizedTensors(plan.names, plan.bytes, dtype), metadata: { format: 'pt' } }),
  };
}

export function checkpointFile(
  plan: {
    readonly upload: string;
    readonly family: 'sd1' | 'sdxl' | 'flux';
    readonly bytes: number;
    readonly dtype?: Precision;
  },
  options: FileOptions = {},
): FileDraft {
  return weightsFile({ ...plan, names: checkpointNames(plan.family) }, options);
}

/** A checkpoint or upscaler saved by torch: `form` zip (1.6 and later) or legacy. */
export function torchFile(
  plan: {
    readonly upload: string;
    readonly names: readonly string[];
    readonly bytes: number;
    readonly form?: 'zip' | 'legacy';
    readonly under?: string;
  },
  options: FileOptions = {},
): FileDraft {
  const write = plan.form === 'legacy' ? torchLegacy : torchZip;
  return {
    metadata: { format: 'PickleTensor', size: 'full', fp: 'fp32' },
    ...options,
    upload: plan.upload,
    make: (key) =>
      write({
        key,
        tensors: sizedTensors(plan.names, plan.bytes, 'F32'),
        ...(plan.under === undefined ? {} : { under: plan.under, extras: { epoch: 12, global_step: 8400 } }),
      }),
  };
}

/**
 * A state dict whose pickle starts with a call to `os.system`. The argument only echoes a sentence, and nothing here
 * or in Kura ever loads it; it is what a malicious upload looks like from outside.
 */
export function maliciousPickle(upload: string, options: FileOptions = {}): FileDraft {
  return {
    metadata: { format: 'PickleTensor', size: 'full', fp: 'fp32' },
    ...options,
    upload,
    make: (key) =>
      torchZip({
        key,
        tensors: sizedTensors(checkpointNames('sd1').slice(0, 24), 400_000, 'F32'),
        under: 'state_dict',
        prelude: (pickle) => {
          pickle
            .reduce(['os', 'system'], () =>
              pickle.text('echo "Kura demonstration: a pickle could have run anything here"'),
            )
            .raw('0');
        },
      }),
  };
}

export function vaeFile(upload: string, bytes: number, options: FileOptions = {}): FileDraft {
  return weightsFile({ upload, names: vaeNames(), bytes, dtype: 'F32' }, options);
}

export function ggufFile(
  plan: {
    readonly upload: string;
    readonly bytes: number;
    readonly type: GgufType;
    readonly architecture: 'llama' | 'flux';
  },
  options: FileOptions = {},
): FileDraft {
  const quantType = { Q8_0: 'Q8_0', Q4_K: 'Q4_K_M', F16: 'None', F32: 'None' }[plan.type];
  return {
    metadata: { format: 'GGUF', size: 'pruned', quantType },
    ...options,
    upload: plan.upload,
    make: (key) =>
      gguf({
        key,
        architecture: plan.architecture,
        name: plan.upload.replace(/\.gguf$/, ''),
        names: plan.architecture === 'llama' ? llamaNames(16) : fluxNames(''),
        totalBytes: plan.bytes,
        type: plan.type,
      }),
  };
}

export function embeddingFile(upload: string, xl: boolean, options: FileOptions = {}): FileDraft {
  const tensors = xl
    ? [
        { name: 'clip_l', dtype: 'F32' as const, shape: [4, 768] },
        { name: 'clip_g', dtype: 'F32' as const, shape: [4, 1280] },
      ]
    : [{ name: 'emb_params', dtype: 'F32' as const, shape: [6, 768] }];
  return { metadata: { format: 'SafeTensor' }, ...options, upload, make: (key) => safetensors({ key, tensors }) };
}

export function embeddingPickleFile(upload: string, token: string, options: FileOptions = {}): FileDraft {
  return { metadata: { format: 'PickleTensor' }, ...options, upload, make: (key) => embeddingPickle(key, token, 6) };
}

export function npzFile(upload: string, options: FileOptions = {}): FileDraft {
  return {
    metadata: { format: 'Other' },
    type: 'Other',
    ...options,
    upload,
    make: (key) => npz(key, { mu: [2048], sigma: [256, 256] }),
  };
}

/** Archives of texts and pictures: wildcards, poses, training data. */
export function zipFile(
  plan: { readonly upload: string; readonly texts?: Readonly<Record<string, string>>; readonly pictures?: number },
  options: FileOptions = {},
): FileDraft {
  const texts = Object.entries(plan.texts ?? {}).map(([name, body]) => ({ name, content: literal(body) }));
  const pictures = Array.from({ length: plan.pictures ?? 0 }, (_, index) => ({
    name: `images/${String(index + 1).padStart(3, '0')}.png`,
    content: literal(encodePng(paint(7919 * (index + 1), 128, 128))),
  }));
  return {
    metadata: { format: 'Other' },
    ...options,
    upload: plan.upload,
    make: () => zipArchive([...texts, ...pictures]),
  };
}

/** Configurations, workflows, notes. */
export function textFile(upload: string, body: string, options: FileOptions = {}): FileDraft {
  return { metadata: { format: 'Other' }, ...options, upload, make: () => literal(body) };
}

function loraMetadata(plan: LoraPlan, rank: number): Record<string, string> {
  const words = plan.words ?? [];
  return {
    'modelspec.sai_model_spec': '1.0.0',
    'modelspec.architecture': `${plan.base}/lora`,
    'modelspec.title': plan.upload.replace(/\.[^.]+$/, ''),
    ...(words.length === 0 ? {} : { 'modelspec.trigger_phrase': words.join(', ') }),
    ss_base_model_version: plan.base,
    ss_network_module: 'networks.lora',
    ss_network_dim: String(rank),
    ss_network_alpha: String(rank / 2),
    ss_output_name: plan.upload.replace(/\.[^.]+$/, ''),
    ss_num_train_images: '48',
    ss_tag_frequency: JSON.stringify({ '10_set': Object.fromEntries(words.map((word, index) => [word, 48 - index])) }),
  };
}

function familyOf(base: string): LoraFamily {
  if (/^(SD 1|SD 2)/.test(base)) return 'sd1';
  if (/^(SDXL|Pony|Illustrious|NoobAI)/.test(base)) return 'sdxl';
  return base.startsWith('Flux') ? 'flux' : 'dit';
}
