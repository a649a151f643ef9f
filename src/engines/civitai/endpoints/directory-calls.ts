import type { ApiCaller } from '../calls/api-caller.ts';
import type { CivitaiClient } from '../civitai-client.ts';
import type { DirectoryQuery } from '../queries/directory-query.ts';
import { addLimit, addText, draftQuery } from '../queries/sent-query.ts';
import { type Creator, readCreator, readEnums, readTag, type Tag } from '../shapes/directory.ts';
import type { Raw, Reading } from '../shapes/lenient.ts';
import { type NumberedPage, readNumberedPage, readOne } from '../shapes/page.ts';
import { walkNumbered } from './walk-numbered.ts';

const LARGEST_PAGE = 200;

export function directoryCalls(caller: ApiCaller) {
  async function page<Item>(
    path: string,
    read: (raw: Raw) => Reading<Item>,
    query: DirectoryQuery,
    signal: AbortSignal,
  ): Promise<NumberedPage<Item>> {
    const draft = draftQuery();
    addLimit(draft, query.limit, LARGEST_PAGE);
    if (query.page !== undefined && query.page > 1) draft.add('page', Math.floor(query.page));
    addText(draft, 'query', query.query);
    return readNumberedPage(await caller.call({ path, parameters: draft.finish().sentParameters, signal }), path, read);
  }

  async function creators(query: DirectoryQuery, signal: AbortSignal): Promise<NumberedPage<Creator>> {
    return page('/creators', readCreator, query, signal);
  }

  async function tags(query: DirectoryQuery, signal: AbortSignal): Promise<NumberedPage<Tag>> {
    return page('/tags', readTag, query, signal);
  }

  return {
    creators,
    tags,
    creatorPages: (query, signal) =>
      walkNumbered(
        query,
        async (asked) => creators(asked, signal),
        ({ username }) => username,
      ),
    tagPages: (query, signal) =>
      walkNumbered(
        query,
        async (asked) => tags(asked, signal),
        ({ name }) => name,
      ),
    enums: async (signal) => readOne(await caller.call({ path: '/enums', signal }), '/enums', readEnums),
  } satisfies Partial<CivitaiClient>;
}
