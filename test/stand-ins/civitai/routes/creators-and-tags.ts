/** GET /creators and GET /tags (contract note §2.12): by page number, links not URL-encoded. */
import { z } from 'zod';

import type { Answer, Site, SiteRequest } from './exchange.ts';
import { readQuery } from './query-schema.ts';

const querySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(20),
  page: z.coerce.number().int().min(1).default(1),
  query: z.string().optional(),
});

export function listCreators(site: Site, request: SiteRequest): Answer {
  return pageOf(request, [...site.catalogue.creators.keys()], (username) => ({
    username,
    modelCount: site.catalogue.creators.get(username) ?? 0,
    link: `${request.origin}/api/v1/models?username=${username}`,
    image: null,
  }));
}

export function listTags(site: Site, request: SiteRequest): Answer {
  return pageOf(request, site.catalogue.tags, (name) => ({
    name,
    link: `${request.origin}/api/v1/models?tag=${name}`,
  }));
}

function pageOf(request: SiteRequest, names: readonly string[], present: (name: string) => unknown): Answer {
  const read = readQuery(querySchema, request.query);
  if (!read.ok) return read.answer;
  const { limit, page, query } = read.value;
  const found = names.filter((name) => query === undefined || name.toLowerCase().includes(query.toLowerCase()));
  const totalPages = Math.ceil(found.length / limit);
  return {
    status: 200,
    body: {
      items: found.slice((page - 1) * limit, page * limit).map(present),
      metadata: {
        totalItems: found.length,
        currentPage: page,
        pageSize: limit,
        totalPages,
        ...(page < totalPages ? { nextPage: pageUrl(request, page + 1) } : {}),
        ...(page > 1 ? { prevPage: pageUrl(request, page - 1) } : {}),
      },
    },
    cache: 'public',
  };
}

function pageUrl(request: SiteRequest, page: number): string {
  const params = new URLSearchParams(request.query);
  params.set('page', String(page));
  return `${request.origin}${request.path}?${params.toString()}`;
}
