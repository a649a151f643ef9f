/** web ← everybody: events and download progress as connected browsers hear them, each under its own permission. */
import { backupsEvents } from '#backups';
import { knowledgeEvents } from '#knowledge';
import { modelsEvents } from '#models';
import { auditEvents } from '#platform/audit';
import type { Permission } from '#platform/contract';
import { type EventDefinition, type EventReaction, onEvent, type Subscriber } from '#platform/events';
import type { LiveHub } from '#platform/live';

export function liveUpdates(live: LiveHub): Subscriber {
  function pass(
    permission: Permission,
    definitions: Readonly<Record<string, EventDefinition<object>>>,
  ): EventReaction[] {
    return Object.values(definitions).map((definition) =>
      onEvent(definition, async ({ name, payload }) => live.broadcast(permission, name, payload)),
    );
  }
  return {
    name: 'app.live-updates',
    // A browser that was away asks again; nobody wants yesterday's events pushed.
    from: 'now',
    reactions: [
      ...pass('audit:read', auditEvents),
      ...pass('models:read', modelsEvents),
      ...pass('backups:read', backupsEvents),
      ...pass('knowledge:read', knowledgeEvents),
    ],
  };
}
