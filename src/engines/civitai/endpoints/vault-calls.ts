import { KuraError } from '#kernel/errors';

import type { ApiCaller } from '../calls/api-caller.ts';
import type { CivitaiClient } from '../civitai-client.ts';
import type { VaultQuery } from '../queries/directory-query.ts';
import { addLimit, addRepeated, addText, addWord, draftQuery } from '../queries/sent-query.ts';
import { type NumberedPage, readNumberedPage, readOne, readUnpaged } from '../shapes/page.ts';
import { readVault, readVaultEntry, readVaultMembership, readVaultToggle, type VaultEntry } from '../shapes/vault.ts';
import { tokenNeeded } from './token-needed.ts';
import { walkNumbered } from './walk-numbered.ts';

const LARGEST_PAGE = 200;
const sorts = ['Recently Added', 'Recently Created', 'Model Name', 'Model Size'];

interface VaultCallsDeps {
  readonly caller: ApiCaller;
  /** Tries once only: a switch that is thrown again stands where it stood. */
  readonly onceCaller: ApiCaller;
  readonly signedIn: boolean;
}

export function vaultCalls({ caller, onceCaller, signedIn }: VaultCallsDeps) {
  async function ask(path: string, parameters: ReturnType<typeof vaultParameters>, signal: AbortSignal) {
    if (!signedIn) throw tokenNeeded(path);
    return caller.call({ path, parameters, signal });
  }

  async function vaultEntries(query: VaultQuery, signal: AbortSignal): Promise<NumberedPage<VaultEntry>> {
    const path = '/vault/all';
    return readNumberedPage(await ask(path, vaultParameters(query), signal), path, readVaultEntry);
  }

  return {
    vault: async (signal) => readOne(await ask('/vault/get', [], signal), '/vault/get', readVault),
    vaultEntries,
    vaultPages: (query, signal) =>
      walkNumbered(
        query,
        async (asked) => vaultEntries(asked, signal),
        ({ vaultItemId }) => vaultItemId,
      ),
    inVault: async (versions, signal) => {
      const path = '/vault/check-vault';
      const parameters = [{ name: 'modelVersionIds', value: versions.join(',') }];
      return readUnpaged(await ask(path, parameters, signal), path, readVaultMembership);
    },
    toggleInVault: async (version, signal) => {
      const path = '/vault/toggle-version';
      if (!signedIn) throw tokenNeeded(path);
      const parameters = [{ name: 'modelVersionId', value: String(version) }];
      const answer = await onceCaller.call({ path, parameters, body: {}, signal });
      const toggled = readOne(answer, path, readVaultToggle);
      if (toggled.success) return toggled;
      throw new KuraError('unavailable', 'civitai.answer-unreadable', { params: { path, reason: 'no-success' } });
    },
  } satisfies Partial<CivitaiClient>;
}

function vaultParameters(query: VaultQuery) {
  const draft = draftQuery();
  addLimit(draft, query.limit, LARGEST_PAGE);
  if (query.page !== undefined && query.page > 1) draft.add('page', Math.floor(query.page));
  addText(draft, 'query', query.query);
  addWord(draft, 'sort', query.sort, sorts);
  addRepeated(draft, 'types', query.types ?? []);
  addRepeated(draft, 'categories', query.categories ?? []);
  addRepeated(draft, 'baseModels', query.baseModels ?? []);
  return draft.finish().sentParameters;
}
