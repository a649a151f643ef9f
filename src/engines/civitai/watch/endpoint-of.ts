/** Which endpoint an answer belongs to: by its address, or, for a file that lost it, by what stands in it. */
import { endpointOf as endpointOfPath } from '../calls/live-answer.ts';
import { isRaw, type Raw } from '../shapes/lenient.ts';

/** `https://…/api/v1/models/123?limit=1` → `/models/:id`. */
export function endpointOf(url: string): string {
  const path = (URL.parse(url, 'https://host')?.pathname ?? url)
    .replace(/^.*\/api\/v\d+(?=\/|$)/, '')
    .replace(/\/+$/, '');
  return endpointOfPath(path);
}

/** Undefined for what is no answer of the API. */
export function recogniseEndpoint(json: unknown): string | undefined {
  if (Array.isArray(json)) return endpointOfList(json);
  if (!isRaw(json)) return undefined;
  if (Array.isArray(json['items'])) return endpointOfPage(json['items'], json);
  if (Array.isArray(json['modelVersions'])) return '/models/:id';
  if ('modelVersions' in json && 'type' in json) return '/models/:id';
  if ('downloadUrls' in json && 'air' in json) return '/model-versions/mini/:id';
  if ('files' in json && 'modelId' in json) return '/model-versions/:id';
  if ('ModelType' in json) return '/enums';
  if ('vault' in json) return '/vault/get';
  return 'username' in json && 'tier' in json ? '/me' : undefined;
}

function endpointOfList(list: readonly unknown[]): string | undefined {
  const first = list.find((entry) => isRaw(entry));
  if (first === undefined) return undefined;
  if ('hash' in first && 'modelVersionId' in first) return '/model-versions/by-hash/ids';
  return 'files' in first ? '/model-versions/by-hash' : undefined;
}

function endpointOfPage(items: readonly unknown[], page: Raw): string | undefined {
  const first = items.find((entry) => isRaw(entry));
  if (first === undefined) return pageByAddress(page);
  if ('modelVersions' in first) return '/models';
  if ('postId' in first || 'browsingLevel' in first) return '/images';
  if ('username' in first && 'link' in first) return '/creators';
  if ('link' in first) return '/tags';
  return pageByAddress(page);
}

/** Pages name their successor's address. */
function pageByAddress({ metadata }: Raw): string | undefined {
  const nextPage = isRaw(metadata) ? metadata['nextPage'] : undefined;
  return typeof nextPage === 'string' ? endpointOf(nextPage) : undefined;
}
