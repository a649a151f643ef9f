/** What lies on a medium that was just put in, as far as this machine can see it: the evidence that it is the right one. */
import { KuraError } from '#kernel/errors';

import { type BoundCopy, findBindings, findVaultLabels } from '../../store/media/binding-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { repositoryIdentity } from '../register/repository-identity.ts';

export interface SeenContent {
  /** `job/copy`. */
  readonly copy: string;
  readonly repository: string;
  /** The vault found at the place of the copy. */
  readonly vaultId: string;
  /** Whether it is the copy's own. */
  readonly same: boolean;
}

export async function seenContent(context: BackupsContext, mediumId: string): Promise<readonly SeenContent[]> {
  const bound = await findBindings(context.database.tables<MediaTables>(), { mediumIds: [mediumId] });
  const seen = await Promise.all(bound.map((copy) => look(context, copy)));
  return seen.flatMap((one) => one ?? []);
}

/** A mount point shows one medium at a time: where another vault answers, another medium is in. */
export async function requireNoOtherVault(
  { database }: BackupsContext,
  label: string,
  content: readonly SeenContent[],
): Promise<void> {
  const other = content.find(({ same }) => !same);
  if (other === undefined || content.some(({ same }) => same)) return;
  const labels = await findVaultLabels(database.tables<MediaTables>(), other.vaultId);
  const params = { label, repository: other.repository, found: labels[0] ?? other.vaultId };
  throw new KuraError('conflict', 'backups.medium-swapped', { params });
}

async function look({ storages }: BackupsContext, copy: BoundCopy): Promise<SeenContent | undefined> {
  // Copies of other programs carry no id that a folder would show.
  if (copy.vaultId === '' || copy.repository === '') return undefined;
  const found = await repositoryIdentity(copy.repository, storages);
  if (found?.vaultId === undefined) return undefined;
  const { repository } = copy;
  return { copy: `${copy.job}/${copy.copy}`, repository, vaultId: found.vaultId, same: found.vaultId === copy.vaultId };
}
