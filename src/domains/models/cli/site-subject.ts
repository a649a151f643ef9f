import { parseModelRef } from '#engines/civitai';

/** The model or version that a reference names; nothing for a hash. @throws KuraError for what names nothing of the site */
export function siteSubject(what: string): { readonly model?: number; readonly version?: number } {
  const ref = parseModelRef(what);
  if (ref.kind === 'hash') return {};
  if (ref.kind === 'model') return { model: ref.modelId };
  return { version: ref.versionId, ...(ref.modelId === null ? {} : { model: ref.modelId }) };
}
