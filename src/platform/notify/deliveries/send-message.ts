/** Hands a message to its channel, and notes what came of it. */
import { z } from 'zod';

import { nowInstant } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { defineEvent } from '#platform/events';
import type { JobContext } from '#platform/jobs';
import type { Actor } from '#platform/unit-of-work';

import { type ChannelRow, findChannel, updateChannel } from '../channels/channel-store.ts';
import type { ChannelAnswer, ChannelMessage } from '../channels/channel-transport.ts';
import { openChannel, settingsOf } from '../channels/channels.ts';
import type { Notice } from '../notice.ts';
import type { NotifyDeps } from '../notify-deps.ts';
import { sendMessageJob } from './delivery-jobs.ts';
import { findBatch, type ToldDelivery, updateDeliveries } from './delivery-store.ts';
import { titleOf, wordNotice, worstFirst } from './word-notices.ts';

const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };
const longestReason = 300;

/** A channel did not take a message in all its tries, or took one again. */
export const channelFailed = defineEvent({
  name: 'notify.channel-failed',
  schema: z.object({ channel: z.string(), code: z.string(), reason: z.string() }),
});
export const channelWorks = defineEvent({ name: 'notify.channel-works', schema: z.object({ channel: z.string() }) });
export const notifyEvents = { channelFailed, channelWorks } as const;

type Deps = Pick<NotifyDeps, 'database' | 'unitOfWork' | 'clock' | 'sealer' | 'translators' | 'channels' | 'site'>;
type Payload = { readonly batch: string; readonly channel: string };

export async function sendMessage(deps: Deps, context: JobContext<Payload>): Promise<void> {
  const { batch, channel: name } = context.payload;
  const open = (await findBatch(deps.database, batch)).filter(({ delivery }) => delivery.state === 'sending');
  if (open.length === 0) return;
  const channel = await findChannel(deps.database, name);
  if (channel === undefined) {
    await end(deps, open, { state: 'failed', last_error: 'notify.channel-not-found' });
    return;
  }
  const begun = deps.clock.monotonic();
  try {
    const notices = open.map(({ notice }) => notice);
    const { answer, status } = await handOver(deps, channel, { id: batch, notices, signal: context.signal });
    const ms = Math.round(deps.clock.monotonic() - begun);
    await noteSuccess(deps, channel, { open, reason: `${status} ${answer}`.slice(0, longestReason), ms });
  } catch (error) {
    context.signal.throwIfAborted();
    await noteFailure(deps, channel, { open, error, attempt: context.attempt });
    throw error;
  }
}

interface ToHandOver {
  readonly id: string;
  readonly notices: readonly Notice[];
  readonly signal: AbortSignal;
}

/** @throws as `ChannelTransport.send` */
export async function handOver(
  deps: Pick<Deps, 'sealer' | 'clock' | 'translators' | 'channels' | 'site'>,
  row: ChannelRow,
  { id, notices, signal }: ToHandOver,
): Promise<ChannelAnswer> {
  const { url, secrets } = await openChannel(deps, row);
  return deps.channels.send(messageOf(deps, row, { id, notices, url, secrets }), signal);
}

interface ToWord {
  readonly id: string;
  readonly notices: readonly Notice[];
  readonly url: string;
  readonly secrets: readonly string[];
}

function messageOf(
  { translators, site }: Pick<Deps, 'translators' | 'site'>,
  row: ChannelRow,
  { id, notices, url, secrets }: ToWord,
): ChannelMessage {
  const language: Language = settingsOf(row).language;
  const translator = translators[language];
  const worded = notices.map((notice) => wordNotice(notice, { translator, site }));
  return {
    id,
    kind: row.kind,
    url,
    secrets,
    language,
    title: titleOf(worded, translator),
    notices: worstFirst(worded),
    action: translator.text('notify.open-page'),
    more: (count) => translator.text('notify.more', { count }),
  };
}

interface Success {
  readonly open: readonly ToldDelivery[];
  readonly reason: string;
  readonly ms: number;
}

async function noteSuccess(deps: Deps, channel: ChannelRow, { open, reason, ms }: Success): Promise<void> {
  const now = nowInstant(deps.clock);
  await deps.unitOfWork.write(kura, async (tx) => {
    const [ids, attempts] = [idsOf(open), attemptsOf(open) + 1];
    const sent = { state: 'sent', ended_at: now, last_error: null, last_reason: reason, ms, attempts } as const;
    await updateDeliveries(tx, ids, sent);
    await updateChannel(tx, channel.name, { last_sent_at: now, failures: 0 });
    if (channel.failures > 0) tx.publish(channelWorks, { channel: channel.name });
  });
}

interface Failure {
  readonly open: readonly ToldDelivery[];
  readonly error: unknown;
  readonly attempt: number;
}

async function noteFailure(deps: Deps, channel: ChannelRow, { open, error, attempt }: Failure): Promise<void> {
  const { code, facts, kind, params } = toKuraError(error);
  const mayPass = (facts.retryable || kind === 'internal') && attempt < sendMessageJob.maxAttempts;
  const reason = String(params['reason'] ?? '').slice(0, longestReason);
  const change = { attempts: attemptsOf(open) + 1, last_error: code, last_reason: reason === '' ? null : reason };
  const now = nowInstant(deps.clock);
  await deps.unitOfWork.write(kura, async (tx) => {
    const failures = channel.failures + 1;
    await updateChannel(tx, channel.name, { last_failed_at: now, last_reason: reason || code, failures });
    const over = mayPass ? {} : ({ state: 'failed', ended_at: now } as const);
    await updateDeliveries(tx, idsOf(open), { ...change, ...over });
    if (!mayPass) tx.publish(channelFailed, { channel: channel.name, code, reason });
  });
}

async function end(
  { database, clock }: Deps,
  open: readonly ToldDelivery[],
  change: { readonly state: 'failed'; readonly last_error: string },
): Promise<void> {
  const ended = { ...change, ended_at: nowInstant(clock) };
  await database.transaction((tx) => updateDeliveries(tx, idsOf(open), ended));
}

function idsOf(open: readonly ToldDelivery[]): readonly string[] {
  return open.map(({ delivery }) => delivery.id);
}

function attemptsOf(open: readonly ToldDelivery[]): number {
  return open[0]?.delivery.attempts ?? 0;
}
