/** alerts ← everybody: events become alerts, and end them, by the table in alert-rules/all-rules.ts. */
import type { Backups } from '#backups';
import type { AlertSignal, Alerts } from '#platform/alerts';
import type { EventReaction, Subscriber } from '#platform/events';

import type { AlertRule } from './alert-rules/alert-rule.ts';
import { alertRules } from './alert-rules/all-rules.ts';

export interface AlertsFromEvents {
  readonly alerts: Pick<Alerts, 'raise' | 'clear' | 'clearAbout'>;
  /** Whose the protected thing is and where, so that routes can choose by it. */
  readonly findJob: (key: string) => Promise<Pick<Job, 'site' | 'tags' | 'owner'> | undefined>;
}

type Job = Awaited<ReturnType<Backups['jobs']>>[number];

export function alertsFromEvents(deps: AlertsFromEvents): Subscriber {
  return { name: 'app.alerts', reactions: alertRules.map((rule) => reactionOf(deps, rule)) };
}

function reactionOf({ alerts, findJob }: AlertsFromEvents, { event, effects }: AlertRule): EventReaction {
  return {
    name: event.name,
    handle: async ({ payload, at, position }) => {
      for (const effect of effects(payload)) {
        if ('clear' in effect) await alerts.clear(effect.clear, { at, position });
        else if ('clearAbout' in effect) await alerts.clearAbout(effect.clearAbout, { at, position });
        else await alerts.raise(await withOwner(effect.raise, findJob), { at, position });
      }
    },
  };
}

async function withOwner(signal: AlertSignal, findJob: AlertsFromEvents['findJob']): Promise<AlertSignal> {
  const { subject, tags = [] } = signal;
  const job = subject.kind === 'job' ? await findJob(subject.id) : undefined;
  return job === undefined ? signal : { ...signal, site: job.site, owner: job.owner, tags: [...tags, ...job.tags] };
}
