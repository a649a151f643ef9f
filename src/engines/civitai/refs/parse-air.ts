/**
 * AIR identifiers, `urn:air:{ecosystem}:{type}:civitai:{model}[@{version}][+{file}][.{format}]` with `urn:`, `air:`,
 * ecosystem and type optional (civitai-api.md §7). Ecosystem and type are hints that changed over the years; only the
 * ids are read. The official pattern lets a version swallow `.safetensors`; digits only, as here, cannot.
 */
import { fileId, modelId, versionId } from '../ids.ts';
import { anyFile, type ModelRef } from './model-ref.ts';
import { readId } from './read-id.ts';
import { refuseOtherSource } from './refuse-other.ts';

const pattern =
  /^(?:urn:)?(?:air:)?(?:[\w\-/]+:){0,2}civitai:(?<model>\d+)(?:@(?<version>\d+))?(?:\+(?<file>\d+))?(?:\.(?<format>[\w-]+))?$/i;

/** The API's word for what AIRs write as a file extension. */
const formats: Readonly<Record<string, string>> = {
  safetensors: 'SafeTensor',
  safetensor: 'SafeTensor',
  ckpt: 'PickleTensor',
  pt: 'PickleTensor',
  pth: 'PickleTensor',
  bin: 'PickleTensor',
  pickletensor: 'PickleTensor',
  gguf: 'GGUF',
  onnx: 'ONNX',
  diffusers: 'Diffusers',
};

/**
 * The ref, or null when `text` is not an AIR of CivitAI with usable ids.
 * @throws KuraError `civitai.ref-other-source`.
 */
export function parseAir(text: string): ModelRef | null {
  refuseOtherSource(text);
  const groups = pattern.exec(text)?.groups;
  const model = readId(groups?.['model']);
  if (groups === undefined || model === null) return null;
  const { version: versionText, file: fileText, format } = groups;
  if (versionText === undefined) {
    return fileText === undefined && format === undefined ? { kind: 'model', modelId: modelId(model) } : null;
  }
  const version = readId(versionText);
  const file = readId(fileText);
  if (version === null || (fileText !== undefined && file === null)) return null;
  return {
    kind: 'version',
    versionId: versionId(version),
    modelId: modelId(model),
    file: {
      ...anyFile,
      fileId: file === null ? null : fileId(file),
      format: format === undefined ? null : (formats[format.toLowerCase()] ?? format),
    },
  };
}
