/** Policies: kept as data, and every verdict that rests on one follows when it changes. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { PolicyBody, PolicyView } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { deletePolicy, findPolicies, jobsNaming, savePolicy } from '../../store/policy-store.ts';
import { isTaken } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { sweepVerdicts } from '../verdict/read-status.ts';
import { requirePolicy } from './find-policy.ts';

/** @throws KuraError `backups.class-taken`: another policy is meant for that class. */
async function putPolicy(
  context: BackupsContext,
  actor: Actor,
  key: string,
  { title, dataClass, rules }: PolicyBody,
): Promise<PolicyView> {
  const now = nowInstant(context.clock);
  const before = (await findPolicies(context.database.tables<BackupsTables>())).find((one) => one.key === key);
  const policy = { key, title, dataClass, rules, createdAt: before?.createdAt ?? now, updatedAt: now };
  try {
    await context.unitOfWork.write(actor, async (tx) => {
      await savePolicy(tx.tables<BackupsTables>(), policy);
      await tx.audit({
        action: 'backups.put-policy',
        subject: { kind: 'backup-policy', id: key, name: title },
        result: 'done',
        ...(before === undefined ? {} : { before: { ...before.rules, dataClass: before.dataClass } }),
        after: { ...rules, dataClass },
      });
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new KuraError('conflict', 'backups.class-taken', { params: { dataClass }, cause: error });
  }
  await sweepVerdicts(context, actor);
  return policy;
}

/** @throws KuraError `backups.policy-not-found`, `backups.policy-in-use`. */
async function removePolicy(context: BackupsContext, actor: Actor, key: string): Promise<void> {
  const policy = await requirePolicy(context, key);
  const jobs = await jobsNaming(context.database.tables<BackupsTables>(), key);
  if (jobs.length > 0) {
    throw new KuraError('conflict', 'backups.policy-in-use', {
      params: { policy: key, jobs: jobs.slice(0, 5).join(', ') },
    });
  }
  await context.unitOfWork.write(actor, async (tx) => {
    await deletePolicy(tx.tables<BackupsTables>(), key);
    const subject = { kind: 'backup-policy', id: key, name: policy.title };
    await tx.audit({ action: 'backups.remove-policy', subject, result: 'done' });
  });
  await sweepVerdicts(context, actor);
}

export interface Policies {
  list(): Promise<readonly PolicyView[]>;
  /** @throws KuraError `backups.policy-not-found`. */
  read(key: string): Promise<PolicyView>;
  /** Made or replaced; every verdict that rests on it follows. @throws KuraError `backups.class-taken`. */
  put(actor: Actor, key: string, policy: PolicyBody): Promise<PolicyView>;
  /** @throws KuraError `backups.policy-not-found`, `backups.policy-in-use`. */
  remove(actor: Actor, key: string): Promise<void>;
}

export function createPolicies(context: BackupsContext): Policies {
  return {
    list: () => findPolicies(context.database.tables<BackupsTables>()),
    read: (key) => requirePolicy(context, key),
    put: (actor, key, policy) => putPolicy(context, actor, key, policy),
    remove: (actor, key) => removePolicy(context, actor, key),
  };
}
