/** Alerts over HTTP and, in process, for the command line. */
import { instant } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { DAY } from '#kernel/units';
import { type Caller, requirePermission } from '#platform/access';
import { implement, type RouteHandler } from '#platform/http';
import { describeError, type Translator } from '#platform/i18n';
import { severities } from '#platform/notify/contract';
import { actorOfCaller } from '#platform/unit-of-work';

import * as contract from '../contract/index.ts';
import type { Alert } from '../core/alert.ts';
import type { Alerts } from '../core/alerts.ts';
import { countTypes, figuresOf } from '../core/measure-alerts.ts';
import { presentAlert } from '../core/present-alert.ts';

export interface Runbook {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  readonly snippet: string;
}

export interface AlertRoutesDeps {
  readonly alerts: Alerts;
  readonly clock: Clock;
  readonly translators: Readonly<Record<Language, Translator>>;
  /** What is known about such things, as far as the caller may read it; the best first. */
  readonly runbooks: (
    alert: Alert,
    asked: { readonly caller: Caller; readonly language: Language },
  ) => Promise<readonly Runbook[]>;
}

const newestShown = 10;

export function alertRoutes(deps: AlertRoutesDeps): readonly RouteHandler[] {
  return [...readingRoutes(deps), ...figureRoutes(deps), actingRoute(deps)];
}

function readingRoutes({ alerts, translators, runbooks }: AlertRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listAlerts, async ({ query: { limit, cursor, type, ...query } }, context) => {
      const types = visibleTo(context.caller).filter((one) => type === undefined || one === type);
      const after = cursor === undefined ? undefined : parseCursor(cursor);
      const found = await alerts.list({ ...query, types, after, limit: limit + 1 });
      const page = found.slice(0, limit);
      const last = found.length > limit ? page.at(-1) : undefined;
      const items = page.map((one) => presentAlert(one, translators[context.language]));
      return { items, ...(last === undefined ? {} : { nextCursor: cursorOf(last) }) };
    }),
    implement(contract.readAlert, async ({ params: { id } }, context) => {
      const caller = requirePermission('system:read', context.caller);
      const alert = await alerts.find(id);
      if (alert === undefined || !mayRead(caller, alert.type)) {
        throw new KuraError('not-found', 'alerts.not-found', { params: { id } });
      }
      return {
        alert: presentAlert(alert, translators[context.language]),
        history: await alerts.history(id),
        runbooks: await runbooks(alert, { caller, language: context.language }),
      };
    }),
  ];
}

function figureRoutes({ alerts, clock, translators }: AlertRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.summariseAlerts, async (_input, { caller, language }) => {
      const types = visibleTo(caller);
      const counts = await alerts.counts(types);
      const newest = await alerts.list({ state: 'open', types, limit: newestShown });
      const open = { critical: 0, error: 0, warning: 0, info: 0 };
      for (const { state, severity, count } of counts) if (state === 'open') open[severity] += count;
      return {
        open,
        acknowledged: sumOf(counts.filter(({ state }) => state === 'acknowledged')),
        snoozed: sumOf(counts.filter(({ state }) => state === 'snoozed')),
        newest: newest.map((one) => presentAlert(one, translators[language])),
      };
    }),
    implement(contract.measureAlerts, async ({ query: { days } }, { caller }) => {
      const until = clock.now();
      const from = instant(new Date(until - days * DAY));
      const rows = await alerts.times(visibleTo(caller), from);
      return {
        from,
        until: instant(new Date(until)),
        bySeverity: figuresOf(rows),
        byType: countTypes(rows),
      };
    }),
  ];
}

function actingRoute({ alerts, translators }: AlertRoutesDeps): RouteHandler {
  return implement(contract.actOnAlerts, async ({ body }, { caller: anybody, language, requestId }) => {
    const caller = requirePermission('system:operate', anybody);
    const translator = translators[language];
    function isVisible({ type }: Alert): boolean {
      return mayRead(caller, type);
    }
    const { changed, refused } = await alerts.act(actorOfCaller(caller, requestId), { ...body, isVisible });
    return {
      items: changed.map((one) => presentAlert(one, translator)),
      refused: refused.map(({ id, error }) => {
        const { code, title } = describeError(error, translator);
        return { id, code, text: title };
      }),
    };
  });
}

function mayRead(caller: Caller, type: contract.AlertTypeName): boolean {
  return caller.permissions.has(contract.alertTypes[type].permission);
}

function visibleTo(caller: Caller | undefined): readonly contract.AlertTypeName[] {
  return caller === undefined ? [] : contract.alertTypeNames.filter((type) => mayRead(caller, type));
}

function sumOf(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

function cursorOf({ severity, id }: Alert): string {
  return `${severities.indexOf(severity)}.${id}`;
}

/** @throws KuraError invalid `alerts.bad-cursor` */
function parseCursor(cursor: string): { readonly rank: number; readonly id: string } {
  const [, rank, id] = /^([0-3])\.([0-9a-f-]{1,60})$/.exec(cursor) ?? [];
  if (rank === undefined || id === undefined) throw new KuraError('invalid', 'alerts.bad-cursor');
  return { rank: Number(rank), id };
}
