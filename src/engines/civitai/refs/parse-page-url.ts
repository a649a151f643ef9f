/** Page, download and API addresses of every CivitAI host (civitai-api.md §1.1, §4.1). Ids count, hosts do not. */
import { isCivitaiHost, isLoopback } from '../hosts.ts';
import { fileId, modelId, versionId } from '../ids.ts';
import { anyFile, type FilePointer, type HashPointer, type ModelRef, type VersionPointer } from './model-ref.ts';
import { parseHash } from './parse-hash.ts';
import { readId } from './read-id.ts';
import { refuseForeignAddress, refuseOtherPage } from './refuse-other.ts';

/**
 * The ref, or null when the address is not of CivitAI, of this machine or of one of `hosts` (a mirror, with its
 * port), or when its ids are none.
 * @throws KuraError `civitai.ref-is-image`, `civitai.ref-is-storage`, `civitai.ref-other-page`.
 */
export function parsePageUrl(text: string, hosts: readonly string[]): ModelRef | null {
  const url = readUrl(text);
  if (url === null) return null;
  refuseForeignAddress(url);
  if (!(isCivitaiHost(url.hostname) || isLoopback(url.host) || hosts.includes(url.host))) return null;
  const [first, second, third, ...rest] = pathOf(url);
  if (first === 'download' && rest.length === 0) return downloadFrom(second, third, url);
  if (first === 'models') return second === undefined ? onlyOneOf(url) : modelFrom(second, url);
  if (first !== 'model-versions') return refuseOtherPage(url, first);
  if (second === 'by-hash') return hashFrom(third);
  return second === 'mini' ? versionFrom(third, null, url) : versionFrom(second, null, url);
}

function downloadFrom(kind: string | undefined, idText: string | undefined, url: URL): ModelRef | null {
  if (kind === 'models') return versionFrom(idText, null, url);
  // Attachments and vault entries have ids of their own, from which no way leads to a version.
  if (kind !== 'training') return refuseOtherPage(url, kind);
  const version = versionFrom(idText, null, url);
  return version === null ? null : { ...version, file: { ...anyFile, type: 'Training Data' } };
}

/** A question for a list of models that can only have one answer. */
function onlyOneOf(url: URL): ModelRef | null {
  const { searchParams: parameters } = url;
  const version = parameters.get('modelVersionIds');
  if (version !== null) return versionFrom(version, readId(parameters.get('ids')), url);
  return parameters.has('ids') ? modelFrom(parameters.get('ids') ?? undefined, url) : refuseOtherPage(url, 'models');
}

function readUrl(text: string): URL | null {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}

/** The path below `/api/v1`, `/api` or the root; api.civitai.com has no `/api`. */
function pathOf(url: URL): readonly string[] {
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  if (segments[0] !== 'api') return segments;
  return segments.slice(segments[1] === 'v1' ? 2 : 1);
}

function modelFrom(idText: string | undefined, url: URL): ModelRef | null {
  const model = readId(idText);
  if (model === null) return null;
  const version = url.searchParams.get('modelVersionId');
  // An empty parameter names nothing; a broken one must not quietly become "any version".
  return version === null || version === ''
    ? { kind: 'model', modelId: modelId(model) }
    : versionFrom(version, model, url);
}

function versionFrom(idText: string | undefined, model: number | null, url: URL): VersionPointer | null {
  const version = readId(idText);
  const file = filePointer(url.searchParams);
  if (version === null || file === null) return null;
  return {
    kind: 'version',
    versionId: versionId(version),
    modelId: model === null ? null : modelId(model),
    file,
  };
}

/** Null when the address names a file by something that is no id. */
function filePointer(parameters: URLSearchParams): FilePointer | null {
  const idText = parameters.get('fileId') ?? parameters.get('modelFileId');
  if (idText !== null && idText !== '') {
    const id = readId(idText);
    // With a file id the server ignores all other selectors.
    return id === null ? null : { ...anyFile, fileId: fileId(id) };
  }
  return {
    fileId: null,
    type: valueOf(parameters, 'type'),
    format: valueOf(parameters, 'format'),
    size: valueOf(parameters, 'size'),
    fp: valueOf(parameters, 'fp'),
    quantType: valueOf(parameters, 'quantType'),
  };
}

function valueOf(parameters: URLSearchParams, name: string): string | null {
  const value = parameters.get(name);
  return value === '' ? null : value;
}

/** Addresses do not say which hash they carry: it shows in the length, where 8 digits can be of two kinds. */
function hashFrom(digest: string | undefined): HashPointer | null {
  const algorithms = new Map([
    [64, 'sha256'],
    [12, 'autov3'],
    [10, 'autov2'],
    [8, 'autov1'],
  ]);
  return parseHash(`${algorithms.get(digest?.length ?? 0)}:${digest}`);
}
