/**
 * What pages and programs say and hear over /socket.io besides the events of domains. Each event comes as `(payload,
 * position)`; whoever comes back says `auth: { after: position }` and hears what they missed. Safe for browsers.
 */
import { z } from 'zod';

/** A thing that people have open: `knowledge-entry:ID`. */
export const subjectSchema = z.string().regex(/^[a-z][a-z-]{0,40}:[\w.-]{1,300}$/);

export const presenceModes = ['reading', 'editing'] as const;
export const presenceModeSchema = z.enum(presenceModes);
export type PresenceMode = z.output<typeof presenceModeSchema>;

/** To the one who connects: how far this server is. */
export const readyTopic = 'live.ready';
export const readySchema = z.object({ position: z.number().int() });

/** To the one who came back too late: what happened meanwhile is not known here any more; ask for everything again. */
export const missedTopic = 'live.missed';

/** Messages to the server carry an id of the sender's choice: sent twice, they are carried out once. */
const messageFields = { id: z.string().min(8).max(100) } as const;

export const enterMessage = 'presence.enter';
export const enterSchema = z.strictObject({ ...messageFields, subject: subjectSchema, mode: presenceModeSchema });

export const leaveMessage = 'presence.leave';
export const leaveSchema = z.strictObject({ ...messageFields, subject: subjectSchema });

/** To everybody who has the subject open; those who edit come first. */
export const presenceTopic = 'presence.changed';
export const presenceSchema = z.object({
  subject: subjectSchema,
  people: z.array(z.object({ id: z.string(), name: z.string(), mode: presenceModeSchema })).readonly(),
});
export type Presence = z.output<typeof presenceSchema>;

/** To everybody who has the subject open. */
export const changedTopic = 'subject.changed';
export const changedSchema = z.object({ subject: subjectSchema, gone: z.boolean() });

/** How each message is acknowledged. */
export const acknowledgementSchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.string(), title: z.string() }),
]);
export type Acknowledgement = z.output<typeof acknowledgementSchema>;

/** How a job stands, to whoever may read its domain. */
export const jobTopic = 'jobs.progressed';
export const jobProgressSchema = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(['running', 'ended']),
  /** What the job says of itself; its kind says what that is. */
  progress: z.unknown(),
});
