/** Models served from files on disk, beside the generated ones. */
import { basename, extname } from 'node:path';

import { diskFile } from '../files/content.ts';
import type { ModelDraft } from './draft.ts';
import type { HashPolicy } from './entities.ts';

export interface RealModel {
  /** Absolute path; read while the simulator runs. */
  readonly path: string;
  readonly name: string;
  /** ModelType of the site, e.g. `Other`, `Checkpoint`. */
  readonly type: string;
  readonly baseModel?: string;
  readonly creator?: string;
  readonly tags?: readonly string[];
  readonly description?: string;
  /** Default: the name of the file on disk. */
  readonly fileName?: string;
  /** What the site publishes of its hashes; default all, which reads the whole file once. */
  readonly hashes?: HashPolicy;
}

const formats: Readonly<Record<string, string>> = {
  '.safetensors': 'SafeTensor',
  '.gguf': 'GGUF',
  '.onnx': 'ONNX',
  '.pt': 'PickleTensor',
  '.pth': 'PickleTensor',
  '.ckpt': 'PickleTensor',
  '.bin': 'PickleTensor',
};

export function realModelDrafts(models: readonly RealModel[]): ModelDraft[] {
  return models.map((model) => {
    const upload = model.fileName ?? basename(model.path);
    return {
      name: model.name,
      type: model.type,
      base: model.baseModel ?? 'Other',
      creator: model.creator ?? 'real_files',
      tags: model.tags ?? ['real file'],
      ...(model.description === undefined ? {} : { description: model.description }),
      versions: [
        {
          files: [
            {
              upload,
              metadata: { format: formats[extname(upload).toLowerCase()] ?? 'Other' },
              ...(model.hashes === undefined ? {} : { hashes: model.hashes }),
              make: () => diskFile(model.path),
            },
          ],
        },
      ],
    };
  });
}
