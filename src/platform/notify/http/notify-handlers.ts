/** Handlers of channels, rules, groups, the delivery log and preferences. */
import { nowInstant } from '#kernel/clock';
import type { Language } from '#kernel/messages';
import { requirePermission } from '#platform/access';
import type { Permission } from '#platform/contract';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';
import { type Actor, actorOfCaller } from '#platform/unit-of-work';

import * as contract from '../contract/index.ts';
import type { ListedDelivery } from '../deliveries/delivery-store.ts';
import { wordNotice } from '../deliveries/word-notices.ts';
import type { Notice } from '../notice.ts';
import type { Notifier } from '../notifier.ts';

export interface NotifyRoutesDeps {
  readonly notifier: Notifier;
  readonly translators: Readonly<Record<Language, Translator>>;
}

export function notifyRoutes(deps: NotifyRoutesDeps): readonly RouteHandler[] {
  return [...channelRoutes(deps), ...routingRoutes(deps), ...deliveryRoutes(deps), ...preferenceRoutes(deps)];
}

function channelRoutes({ notifier }: NotifyRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listChannels, async () => ({ items: await notifier.channels() })),
    implement(contract.saveChannel, async ({ params: { name }, body }, context) =>
      notifier.saveChannel(actorOf(context, 'system:configure'), { name, input: body }),
    ),
    implement(contract.removeChannel, async ({ params: { name } }, context) => {
      await notifier.removeChannel(actorOf(context, 'system:configure'), name);
      return { name };
    }),
    implement(contract.testChannel, async ({ params: { name } }, context) => {
      const notice = testNotice(notifier, name);
      const request = { notice, signal: context.signal };
      return { name, ...(await notifier.test(actorOf(context, 'system:configure'), name, request)) };
    }),
    implement(contract.renewChannelSecret, async ({ params: { name }, body }, context) =>
      notifier.renewSecret(actorOf(context, 'system:configure'), { name, overlapHours: body?.overlapHours ?? 24 }),
    ),
  ];
}

function testNotice({ deps: { ids, clock } }: Notifier, name: string): Notice {
  const at = nowInstant(clock);
  return {
    id: ids.next(),
    kind: 'test',
    event: 'raised',
    severity: 'info',
    level: 0,
    subject: { kind: 'channel', id: name, name },
    tags: [],
    site: null,
    owner: null,
    title: { key: 'notify.test-notice.title', params: { name } },
    lines: [{ key: 'notify.test-notice.line', params: {} }],
    path: '/operations/notifications',
    at,
  };
}

function routingRoutes({ notifier }: NotifyRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listRules, async () => ({ items: await notifier.rules() })),
    implement(contract.saveRule, async ({ params: { name }, body }, context) =>
      notifier.saveRule(actorOf(context, 'system:configure'), { name, ...body }),
    ),
    implement(contract.removeRule, async ({ params: { name } }, context) => {
      await notifier.removeRule(actorOf(context, 'system:configure'), name);
      return { name };
    }),
    implement(contract.listGroups, async () => ({ items: await notifier.groups() })),
    implement(contract.saveGroup, async ({ params: { name }, body: { members } }, context) =>
      notifier.saveGroup(actorOf(context, 'system:configure'), { name, members }),
    ),
    implement(contract.removeGroup, async ({ params: { name } }, context) => {
      await notifier.removeGroup(actorOf(context, 'system:configure'), name);
      return { name };
    }),
  ];
}

function deliveryRoutes({ notifier, translators }: NotifyRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listDeliveries, async ({ query: { limit, ...query } }, { language }) => {
      const found = await notifier.deliveries({ ...query, limit: limit + 1 });
      const items = found.slice(0, limit).map((one) => deliveryView(one, translators[language]));
      const nextCursor = found.length > limit ? items.at(-1)?.id : undefined;
      return { items, ...(nextCursor === undefined ? {} : { nextCursor }) };
    }),
    implement(contract.retryDelivery, async ({ params: { id } }, context) => {
      await notifier.retry(actorOf(context, 'system:operate'), id);
      return { id };
    }),
  ];
}

function preferenceRoutes({ notifier }: NotifyRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.readPreferences, async (_input, context) => notifier.preferences(accountOf(context))),
    implement(contract.savePreferences, async ({ body }, context) =>
      notifier.savePreferences(actorOf(context, 'account:self'), accountOf(context), body),
    ),
  ];
}

function actorOf({ caller, requestId }: RequestContext, permission: Permission): Actor {
  return actorOfCaller(requirePermission(permission, caller), requestId);
}

/** Undefined for the owner of the machine, who has no account. */
function accountOf({ caller }: RequestContext): string | undefined {
  return caller?.account === undefined ? undefined : caller.id;
}

function deliveryView({ delivery, notice }: ListedDelivery, translator: Translator): contract.DeliveryView {
  const { title } = wordNotice(notice, { translator, site: undefined });
  return {
    id: delivery.id,
    kind: notice.kind,
    event: notice.event,
    severity: notice.severity,
    title,
    path: notice.path,
    target: delivery.target,
    rule: delivery.rule,
    state: delivery.state,
    dueAt: delivery.due_at,
    batch: delivery.batch,
    attempts: delivery.attempts,
    lastError: delivery.last_error,
    lastReason: delivery.last_reason,
    ms: delivery.ms,
    createdAt: delivery.created_at,
    endedAt: delivery.ended_at,
  };
}
