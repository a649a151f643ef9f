/** web ← everybody: events and download progress as connected browsers hear them, each under its own permission. */
import { backupsEvents } from '#backups';
import { conversationChanged, knowledgeEvents } from '#knowledge';
import { modelsEvents } from '#models';
import { alertChanged } from '#platform/alerts';
import { auditEvents } from '#platform/audit';
import type { Permission } from '#platform/contract';
import { type EventDefinition, type EventReaction, onEvent, type Subscriber } from '#platform/events';
import type { LiveHub } from '#platform/live';

/** Who hears of an entry, by the audience of its event. */
const rooms: ReadonlyMap<unknown, Permission> = new Map([
  ['readers', 'knowledge:read'],
  ['writers', 'knowledge:write'],
]);

export function liveUpdates(live: LiveHub): Subscriber {
  function pass(
    permission: Permission,
    definitions: Readonly<Record<string, EventDefinition<object>>>,
  ): EventReaction[] {
    return Object.values(definitions).map((definition) =>
      onEvent(definition, async ({ name, payload, position }) => live.broadcast(permission, name, payload, position)),
    );
  }
  /** What not every reader may see is told to those who may see all of its kind. */
  function passKnowledge(definition: EventDefinition<object>): EventReaction {
    return onEvent(definition, async ({ name, payload, position }) => {
      const audience = 'audience' in payload ? payload.audience : 'readers';
      live.broadcast(rooms.get(audience) ?? 'knowledge:manage', name, payload, position);
      if ('id' in payload) live.changed(`knowledge-entry:${String(payload.id)}`, name === 'knowledge.entry-removed');
    });
  }
  return {
    name: 'app.live-updates',
    // A browser that was away asks again; nobody wants yesterday's events pushed.
    from: 'now',
    reactions: [
      ...pass('system:read', { alertChanged }),
      ...pass('audit:read', auditEvents),
      ...pass('models:read', modelsEvents),
      ...pass('backups:read', backupsEvents),
      ...Object.values(knowledgeEvents).map(passKnowledge),
      onEvent(conversationChanged, async ({ payload: { conversation, gone } }) =>
        live.changed(`knowledge-conversation:${conversation}`, gone),
      ),
    ],
  };
}
