import type { ApiCaller } from '../calls/api-caller.ts';
import type { CivitaiClient } from '../civitai-client.ts';
import type { CollectionQuery } from '../queries/directory-query.ts';
import { addLimit, addText, addWord, draftQuery } from '../queries/sent-query.ts';
import { type Collection, readCollection } from '../shapes/collection.ts';
import { type Page, readOne, readPage } from '../shapes/page.ts';
import { walkPages } from '../walk-pages.ts';

const LARGEST_PAGE = 100;
const LONGEST_TEXT = 100;
const sorts = ['Newest', 'Most Followers'];

/** Collections and articles: the server treats them alike. */
export function collectionCalls(caller: ApiCaller) {
  async function page(path: string, query: CollectionQuery, signal: AbortSignal): Promise<Page<Collection>> {
    const draft = draftQuery();
    addLimit(draft, query.limit, LARGEST_PAGE);
    addText(draft, 'query', query.query?.slice(0, LONGEST_TEXT));
    addWord(draft, 'sort', query.sort, sorts);
    if (query.nsfw !== undefined) draft.add('nsfw', query.nsfw);
    addText(draft, 'cursor', query.cursor);
    const sent = draft.finish();
    const answer = await caller.call({ path, parameters: sent.sentParameters, signal });
    return { ...readPage(answer, path, readCollection), ...sent };
  }

  function pages(path: string, query: CollectionQuery, signal: AbortSignal) {
    return walkPages<Collection>({
      fetchPage: async (cursor) => page(path, cursor === null ? query : { ...query, cursor }, signal),
      identify: ({ collectionId }) => collectionId,
      cursor: query.cursor ?? null,
    });
  }

  async function one(path: string, signal: AbortSignal): Promise<Collection> {
    return readOne(await caller.call({ path, signal }), path, readCollection);
  }

  return {
    collections: async (query, signal) => page('/collections', query, signal),
    collectionPages: (query, signal) => pages('/collections', query, signal),
    collection: async (id, signal) => one(`/collections/${id}`, signal),
    articles: async (query, signal) => page('/articles', query, signal),
    articlePages: (query, signal) => pages('/articles', query, signal),
    article: async (id, signal) => one(`/articles/${id}`, signal),
  } satisfies Partial<CivitaiClient>;
}
