/** The name a file gets: the site's, made harmless, and no neighbour's (models.md M-100, civitai-api.md §4.6). */
import { collisionFreeName, safeFileName } from '#engines/transfer';

/** Programs load these by name without extension, and side-cars belong to that name: two such files must not share it. */
const modelExtensions = /\.(?:safetensors|sft|ckpt|pt|pth|bin|gguf|onnx|npz|zip)$/i;
/** What a browser or a script would run or show is never stored under such a name. */
const webPage = /\.(?:html?|js|mjs|svg|xhtml)$/i;

export interface NamedFile {
  readonly name: string;
  readonly fallback: string;
  readonly versionId: number;
  /** Tells it from another of the same name; default the version. */
  readonly label?: string | undefined;
}

/** @param taken names in the same folder that belong to other files */
export function targetName(file: NamedFile, taken: readonly string[]): string {
  const safe = safeFileName(file.name, { fallback: file.fallback });
  const name = webPage.test(safe) ? `${safe}.bin` : safe;
  const extension = modelExtensions.exec(name)?.[0];
  const existing = new Set(taken);
  if (extension !== undefined) {
    for (const other of taken) {
      if (modelExtensions.test(other)) existing.add(other.replace(modelExtensions, extension));
    }
  }
  return collisionFreeName(name, existing, { label: file.label ?? `v${file.versionId}` });
}

/** Without the extension of a model file: the name that side-cars share with it. */
export function sidecarBase(path: string): string {
  return path.replace(/\.[^./\\]+$/, '');
}
