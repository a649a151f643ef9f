/** Changes of rules and groups. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import { findChannel } from '../channels/channel-store.ts';
import type { GroupView, NamedRule, RoutingRule } from '../contract/index.ts';
import type { NotifyDeps } from '../notify-deps.ts';
import { findUseOf } from './find-use.ts';
import * as store from './rule-store.ts';
import { partsOf } from './target-parts.ts';

type Deps = Pick<NotifyDeps, 'database' | 'unitOfWork' | 'clock' | 'people'>;

/** @throws KuraError invalid `notify.target-unknown` */
export async function saveRule(deps: Deps, actor: Actor, { name, ...rule }: NamedRule): Promise<NamedRule> {
  await refuseUnknown(deps, rule.targets);
  await deps.unitOfWork.write(actor, async (tx) => {
    await store.saveRule(tx, { name, rule, at: nowInstant(deps.clock) });
    await noteChange(tx, { action: 'notify.save-rule', kind: 'notify-rule', id: name, after: told(rule) });
  });
  return { name, ...rule };
}

/** @throws KuraError not-found `notify.rule-not-found` */
export async function removeRule({ unitOfWork }: Deps, actor: Actor, name: string): Promise<void> {
  await unitOfWork.write(actor, async (tx) => {
    if (!(await store.deleteRule(tx, name))) {
      throw new KuraError('not-found', 'notify.rule-not-found', { params: { name } });
    }
    await noteChange(tx, { action: 'notify.remove-rule', kind: 'notify-rule', id: name });
  });
}

/** @throws KuraError invalid `notify.target-unknown` */
export async function saveGroup(deps: Deps, actor: Actor, group: GroupView): Promise<GroupView> {
  await refuseUnknown(deps, group.members);
  await deps.unitOfWork.write(actor, async (tx) => {
    await store.saveGroup(tx, group);
    const after = { members: group.members };
    await noteChange(tx, { action: 'notify.save-group', kind: 'notify-group', id: group.name, after });
  });
  return group;
}

/** @throws KuraError not-found `notify.group-not-found`, conflict `notify.name-in-use` */
export async function removeGroup({ unitOfWork }: Deps, actor: Actor, name: string): Promise<void> {
  await unitOfWork.write(actor, async (tx) => {
    const use = await findUseOf(tx, `group:${name}`);
    if (use !== undefined) throw new KuraError('conflict', 'notify.name-in-use', { params: { name, use } });
    if (!(await store.deleteGroup(tx, name))) {
      throw new KuraError('not-found', 'notify.group-not-found', { params: { name } });
    }
    await noteChange(tx, { action: 'notify.remove-group', kind: 'notify-group', id: name });
  });
}

/** Roles may get their first member later; whoever else is named must be there. */
async function refuseUnknown({ database, people }: Deps, targets: readonly string[]): Promise<void> {
  const groups = await store.listGroups(database);
  for (const target of targets) {
    const { kind, name } = partsOf(target);
    const isKnown =
      target === 'owner' ||
      (kind === 'channel' && (await findChannel(database, name)) !== undefined) ||
      (kind === 'group' && groups.some((group) => group.name === name)) ||
      (kind === 'user' && (await people.byName(name)) !== undefined) ||
      kind === 'role' ||
      kind === 'mail';
    if (!isKnown) throw new KuraError('invalid', 'notify.target-unknown', { params: { target } });
  }
}

function told({ minSeverity, level, targets, enabled }: RoutingRule) {
  return { minSeverity, level, targets, enabled };
}

interface Change {
  readonly action: string;
  readonly kind: string;
  readonly id: string;
  readonly after?: Readonly<Record<string, unknown>>;
}

async function noteChange(tx: WriteTransaction, { action, kind, id, after }: Change): Promise<void> {
  const subject = { kind, id };
  const entry = { action, category: 'configuration', subject, result: 'done' } as const;
  await tx.audit(after === undefined ? entry : { ...entry, after });
}
