import { KuraError } from '#kernel/errors';

/** What the site would say, without asking it. */
export function tokenNeeded(path: string): KuraError {
  return new KuraError('unauthenticated', 'civitai.token-needed', { params: { path, status: 401, detail: '' } });
}
