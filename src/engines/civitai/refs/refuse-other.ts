/** What people paste that is no model of CivitAI, each with what to do instead (civitai-api.md §1.1, §4.1, §7). */
import { KuraError } from '#kernel/errors';

import { isImageHost, isStorageHost } from '../hosts.ts';

/** Sources of AIRs besides `civitai` whose things this client cannot fetch. */
const otherSource = /^(?:urn:)?(?:air:)?(?:[\w\-/]+:){0,2}(?<source>huggingface|orchestrator|civitai-r2|oci):/i;
const imageFile = /\.(?:png|jpe?g|webp|gif|avif|mp4|webm)$/i;

/** @throws KuraError `civitai.ref-other-source`. */
export function refuseOtherSource(text: string): void {
  const source = otherSource.exec(text)?.groups?.['source'];
  if (source !== undefined) throw refusal('ref-other-source', { ref: shorten(text), source: source.toLowerCase() });
}

/** For addresses of any host. @throws KuraError `civitai.ref-is-image`, `civitai.ref-is-storage`. */
export function refuseForeignAddress(url: URL): void {
  const params = { ref: shorten(url.href), host: url.hostname };
  if (isImageHost(url.hostname)) throw refusal('ref-is-image', params);
  if (isStorageHost(url.hostname)) throw refusal('ref-is-storage', params);
}

/** For addresses of CivitAI that name no model. @throws KuraError `civitai.ref-is-image`, `civitai.ref-other-page`. */
export function refuseOtherPage(url: URL, first: string | undefined): never {
  const params = { ref: shorten(url.href), host: url.hostname };
  const isImage = first === 'images' || imageFile.test(url.pathname);
  throw refusal(isImage ? 'ref-is-image' : 'ref-other-page', params);
}

function refusal(reason: string, params: Readonly<Record<string, string>>): KuraError {
  return new KuraError('invalid', `civitai.${reason}`, { params });
}

/** Without the query, where tokens and signatures stand. */
function shorten(text: string): string {
  return text
    .replace(/[?#].*$/s, '')
    .slice(0, 120)
    .toWellFormed();
}
