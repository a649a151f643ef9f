import type { ApiCaller } from '../calls/api-caller.ts';
import type { CivitaiClient } from '../civitai-client.ts';
import { buildImageQuery, IMAGE_PAGE, type ImageQuery } from '../queries/image-query.ts';
import { type Image, readImage } from '../shapes/image.ts';
import { type Page, readPage } from '../shapes/page.ts';
import { walkPages } from '../walk-pages.ts';
import type { PageSizes } from './page-sizes.ts';

export function imageCalls(caller: ApiCaller, pageSizes: PageSizes) {
  async function images(query: ImageQuery, signal: AbortSignal): Promise<Page<Image>> {
    return pageSizes.fit('/images', query.limit ?? IMAGE_PAGE, async (limit = IMAGE_PAGE) => {
      const sent = buildImageQuery({ ...query, limit });
      const answer = await caller.call({ path: '/images', parameters: sent.sentParameters, signal });
      return { ...readPage(answer, '/images', readImage), ...sent };
    });
  }

  return {
    images,
    imagePages: (query, signal) =>
      walkPages<Image>({
        fetchPage: async (cursor) => images(cursor === null ? query : { ...query, cursor }, signal),
        identify: (image) => image.imageId,
        cursor: query.cursor ?? null,
      }),
  } satisfies Partial<CivitaiClient>;
}
