import { KuraError } from '#kernel/errors';

import { modelId, versionId } from '../ids.ts';
import { anyFile, type ModelRef } from './model-ref.ts';
import { parseAir } from './parse-air.ts';
import { parseHash } from './parse-hash.ts';
import { parsePageUrl } from './parse-page-url.ts';
import { readId } from './read-id.ts';

export interface RefOptions {
  /** Hosts (with port) that count as CivitAI besides the known ones, e.g. the one of the configured base URL. */
  readonly hosts?: readonly string[];
}

/** Longer than any address that means something. */
const LONGEST = 2048;

/**
 * Reads every way people name a model: page, download and API addresses, AIR/URN, `123` (model), `123@456` (model and
 * version), `@456` (version), `sha256:…` and the other published hashes. Never guesses: a bare number is a model.
 * @throws KuraError `civitai.ref-invalid`, and for what is known to be something else `civitai.ref-is-image`,
 * `civitai.ref-is-storage`, `civitai.ref-other-page`, `civitai.ref-other-source`.
 */
export function parseModelRef(text: string, options: RefOptions = {}): ModelRef {
  const trimmed = text.trim();
  const ref = trimmed.length > LONGEST ? null : parse(trimmed, options.hosts ?? []);
  if (ref === null) throw new KuraError('invalid', 'civitai.ref-invalid', { params: { ref: trimmed.slice(0, 120) } });
  return ref;
}

function parse(text: string, hosts: readonly string[]): ModelRef | null {
  return parseNumbers(text) ?? parseHash(text) ?? parseAir(text) ?? parsePageUrl(text, hosts);
}

function parseNumbers(text: string): ModelRef | null {
  const match = /^(\d+)?(?:@(\d+))?$/.exec(text);
  if (match === null) return null;
  const [, modelText, versionText] = match;
  const model = readId(modelText);
  if (modelText !== undefined && model === null) return null;
  if (versionText === undefined) return model === null ? null : { kind: 'model', modelId: modelId(model) };
  const version = readId(versionText);
  if (version === null) return null;
  return {
    kind: 'version',
    versionId: versionId(version),
    modelId: model === null ? null : modelId(model),
    file: anyFile,
  };
}
