/** Telling people, as others use it. */
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import { listChannels } from './channels/channel-store.ts';
import { removeChannel, renewSecret, requireChannel, saveChannel, viewOf } from './channels/channels.ts';
import type { ChannelView, GroupView, NamedRule, Preferences } from './contract/index.ts';
import { type DeliveryQuery, type ListedDelivery, listDeliveries } from './deliveries/delivery-store.ts';
import { retryDelivery } from './deliveries/retry-delivery.ts';
import { handOver } from './deliveries/send-message.ts';
import { type Dispatch, type DispatchedTo, sendTo } from './deliveries/send-to.ts';
import { tell } from './deliveries/tell.ts';
import type { Notice } from './notice.ts';
import type { NotifyDeps } from './notify-deps.ts';
import { removeGroup, removeRule, saveGroup, saveRule } from './routing/routing.ts';
import * as rules from './routing/rule-store.ts';

export interface TestAnswer {
  readonly status: number;
  /** The beginning of what the other side said. */
  readonly answer: string;
  readonly ms: number;
}

type WithoutDeps<Use> = Use extends (deps: never, ...rest: infer Rest) => infer Answer
  ? (...rest: Rest) => Answer
  : never;

export interface Notifier {
  readonly deps: NotifyDeps;
  /** Puts the notice into the outbox of whom the rules name; sent once the transaction holds, while a server runs. */
  tell(tx: WriteTransaction, notice: Notice): Promise<void>;
  /** Sends something that somebody asked for to whom they named, past rules and quiet hours. */
  sendTo(tx: WriteTransaction, dispatch: Dispatch): Promise<readonly DispatchedTo[]>;
  channels(): Promise<readonly ChannelView[]>;
  readonly saveChannel: WithoutDeps<typeof saveChannel>;
  readonly removeChannel: WithoutDeps<typeof removeChannel>;
  readonly renewSecret: WithoutDeps<typeof renewSecret>;
  /** Sends the notice at once, past rules and outbox. @throws KuraError as the channel failed */
  test(
    actor: Actor,
    name: string,
    request: { readonly notice: Notice; readonly signal: AbortSignal },
  ): Promise<TestAnswer>;
  rules(): Promise<readonly NamedRule[]>;
  readonly saveRule: WithoutDeps<typeof saveRule>;
  readonly removeRule: WithoutDeps<typeof removeRule>;
  groups(): Promise<readonly GroupView[]>;
  readonly saveGroup: WithoutDeps<typeof saveGroup>;
  readonly removeGroup: WithoutDeps<typeof removeGroup>;
  deliveries(query: DeliveryQuery): Promise<readonly ListedDelivery[]>;
  retry(actor: Actor, id: string): Promise<void>;
  /** @throws KuraError conflict `notify.no-account` */
  preferences(accountId: string | undefined): Promise<Preferences & { readonly address: string | null }>;
  /** @throws as `preferences` */
  savePreferences(
    actor: Actor,
    accountId: string | undefined,
    wanted: Preferences,
  ): Promise<Preferences & { readonly address: string | null }>;
}

export function createNotifier(deps: NotifyDeps): Notifier {
  const { database } = deps;
  const notifier: Notifier = {
    deps,
    tell: (tx, notice) => tell(deps, tx, notice),
    sendTo: (tx, dispatch) => sendTo(deps, tx, dispatch),
    channels: async () => (await listChannels(database)).map(viewOf),
    saveChannel: (actor, request) => saveChannel(deps, actor, request),
    removeChannel: (actor, name) => removeChannel(deps, actor, name),
    renewSecret: (actor, request) => renewSecret(deps, actor, request),
    test: (actor, name, request) => test(deps, actor, { name, ...request }),
    rules: () => rules.listRules(database),
    saveRule: (actor, rule) => saveRule(deps, actor, rule),
    removeRule: (actor, name) => removeRule(deps, actor, name),
    groups: () => rules.listGroups(database),
    saveGroup: (actor, group) => saveGroup(deps, actor, group),
    removeGroup: (actor, name) => removeGroup(deps, actor, name),
    deliveries: (query) => listDeliveries(database, query),
    retry: (actor, id) => retryDelivery(deps, actor, id),
    async preferences(accountId) {
      const person = accountId === undefined ? undefined : await deps.people.byId(accountId);
      if (person === undefined) throw new KuraError('conflict', 'notify.no-account');
      const chosen = (await rules.preferencesOf(database, [person.id])).get(person.id);
      if (chosen === undefined) throw new KuraError('conflict', 'notify.no-account');
      return { ...chosen, address: person.email };
    },
    async savePreferences(actor, accountId, wanted) {
      const { address } = await notifier.preferences(accountId);
      await deps.unitOfWork.write(actor, async (tx) => {
        await rules.savePreferences(tx, accountId ?? '', wanted);
        const subject = { kind: 'account', id: accountId ?? '' };
        const after = { ...wanted };
        await tx.audit({
          action: 'notify.save-preferences',
          category: 'configuration',
          subject,
          result: 'done',
          after,
        });
      });
      return { ...wanted, address };
    },
  };
  return notifier;
}

interface TestRequest {
  readonly name: string;
  readonly notice: Notice;
  readonly signal: AbortSignal;
}

async function test(deps: NotifyDeps, actor: Actor, { name, notice, signal }: TestRequest): Promise<TestAnswer> {
  const channel = await requireChannel(deps.database, name);
  const subject = { kind: 'channel', id: name };
  await deps.unitOfWork.write(actor, (tx) => tx.audit({ action: 'notify.test-channel', subject, result: 'done' }));
  const begun = deps.clock.monotonic();
  const answer = await handOver(deps, channel, { id: notice.id, notices: [notice], signal });
  return { ...answer, ms: Math.round(deps.clock.monotonic() - begun) };
}
