/** GET /api/v1/models/:id (contract note §2.4). */
import { type Answer, refusal, type Site, type SiteRequest } from './exchange.ts';
import { presentDetailed } from './present-model.ts';
import { readId } from './query-schema.ts';

export async function showModel(site: Site, request: SiteRequest): Promise<Answer> {
  const read = readId(decodeURIComponent(request.path.split('/').at(-1) ?? ''));
  if (!read.ok) return read.answer;
  const model = site.catalogue.model(read.value);
  const versions = model?.versions.filter((version) => version.status === 'Published') ?? [];
  // Unpublished and not yet rated models look the same as those that never were.
  if (model === undefined || versions.length === 0 || model.nsfwLevel === 0) {
    return refusal(404, `No model with id ${read.value}`);
  }
  return { status: 200, body: await presentDetailed(site, model, versions), cache: 'public' };
}
