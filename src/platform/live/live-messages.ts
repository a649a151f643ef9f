/** What connected programs may say: checked, charged, carried out once, and acknowledged in the caller's language. */
import type { Socket } from 'socket.io';
import type { z } from 'zod';

import { KuraError, toKuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { type Caller, requirePermission } from '#platform/access';
import type { Permission } from '#platform/contract';
import { callerName, tooManyRequests } from '#platform/http';
import { describeError, languageOf, type Translator } from '#platform/i18n';
import type { Logger } from '#platform/log';
import type { RateLimits } from '#platform/rate-limits';

import type { Acknowledgement } from './contract/index.ts';
import { createOnceEach } from './once-each.ts';
import type { SocketFacts } from './socket-facts.ts';

/** One kind of message, its types forgotten; made by `onMessage` only. */
export interface LiveMessage {
  readonly topic: string;
  readonly permission: Permission;
  readonly handle: (payload: unknown, from: Sender) => Promise<unknown>;
}

export interface Sender {
  readonly caller: Caller;
  readonly language: Language;
  readonly socket: Socket;
}

interface Identified {
  /** Chosen by the sender, the same when it sends again. */
  readonly id: string;
}

interface MessageDefinition<Payload extends Identified> {
  readonly topic: string;
  readonly permission: Permission;
  /** Of the whole message; every message carries an id. */
  readonly schema: z.ZodType<Payload>;
  /** What it does to this one connection must be done again on the next; else it counts once for the caller. */
  readonly ofConnection?: boolean;
  readonly handle: (payload: Payload, from: Sender) => Promise<unknown>;
}

export function onMessage<Payload extends Identified>(definition: MessageDefinition<Payload>): LiveMessage {
  const { topic, permission, schema, ofConnection = false, handle } = definition;
  const once = createOnceEach<unknown>();
  return {
    topic,
    permission,
    handle: async (given, from) => {
      const payload = schema.safeParse(given);
      if (!payload.success) throw new KuraError('invalid', 'live.bad-message', { params: { topic } });
      const sender = ofConnection ? from.socket.id : from.caller.id;
      return once.run(`${sender}:${payload.data.id}`, () => handle(payload.data, from));
    },
  };
}

export interface MessageDeps {
  readonly translators: Readonly<Record<Language, Translator>>;
  /** Default: everybody may say as much as they like. */
  readonly limits?: RateLimits;
  readonly logger: Logger;
}

export function listenTo(
  socket: Socket,
  messages: readonly LiveMessage[],
  facts: SocketFacts,
  deps: MessageDeps,
): void {
  for (const message of messages) {
    socket.on(message.topic, (payload: unknown, acknowledge: unknown) => {
      void answer(message, payload, { socket, facts, deps }).then((told) => {
        if (typeof acknowledge === 'function') acknowledge(told);
      });
    });
  }
}

interface Line {
  readonly socket: Socket;
  readonly facts: SocketFacts;
  readonly deps: MessageDeps;
}

async function answer(message: LiveMessage, payload: unknown, { socket, facts, deps }: Line): Promise<Acknowledgement> {
  const { caller } = facts;
  const language = languageOf(caller.account?.language ?? socket.handshake.headers['accept-language']);
  try {
    requirePermission(message.permission, caller);
    await charge(caller, deps);
    return { ok: true, value: (await message.handle(payload, { caller, language, socket })) ?? null };
  } catch (thrown) {
    const error = toKuraError(thrown);
    if (error.kind === 'internal') deps.logger.error('live.failed', error, { topic: message.topic });
    const { code, title } = describeError(error, deps.translators[language]);
    return { ok: false, code, title };
  }
}

/** @throws KuraError limit `http.too-many-requests` */
async function charge(caller: Caller, { limits }: MessageDeps): Promise<void> {
  const charged = await limits?.charge('api', callerName(caller));
  if (charged !== undefined && !charged.admitted) throw tooManyRequests(charged.retryAfterMs);
}
