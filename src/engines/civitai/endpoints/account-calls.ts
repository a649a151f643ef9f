import type { ApiCaller } from '../calls/api-caller.ts';
import type { CivitaiClient } from '../civitai-client.ts';
import { readAccount, readPermissions, readUser } from '../shapes/account.ts';
import { readOne, readUnpaged } from '../shapes/page.ts';
import { tokenNeeded } from './token-needed.ts';

export function accountCalls(caller: ApiCaller, signedIn: boolean) {
  return {
    me: async (signal) => {
      if (!signedIn) throw tokenNeeded('/me');
      return readOne(await caller.call({ path: '/me', signal }), '/me', readAccount);
    },
    users: async (wanted, signal) => {
      const parameters =
        'ids' in wanted ? [{ name: 'ids', value: wanted.ids.join(',') }] : [{ name: 'query', value: wanted.query }];
      return readUnpaged(await caller.call({ path: '/users', parameters, signal }), '/users', readUser);
    },
    mayGenerate: async (versions, signal) => {
      const path = '/permissions/check';
      const parameters = [
        { name: 'entityIds', value: versions.join(',') },
        { name: 'entityType', value: 'ModelVersion' },
        { name: 'permission', value: 'Generate' },
      ];
      const answer = await caller.call({ path, parameters, signal });
      // Nothing to say is an empty list, not an empty object.
      return readOne(Array.isArray(answer) && answer.length === 0 ? {} : answer, path, readPermissions);
    },
  } satisfies Partial<CivitaiClient>;
}
