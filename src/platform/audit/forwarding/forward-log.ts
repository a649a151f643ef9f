/**
 * Sends the entries of the log to another machine, in their order (P-042): whoever breaks into this one cannot take back what has
 * left it. What was sent is remembered after it was sent, so after a crash an entry may arrive twice and never not at all.
 */
import { setTimeout } from 'node:timers/promises';

import { MINUTE, SECOND } from '#kernel/units';
import type { Database } from '#platform/db';

import type { ChainTables } from '../chain/audit-tables.ts';
import type { Sealing } from '../chain/sealing.ts';
import type { DetectionTables } from '../detections/detection-tables.ts';
import { entryView } from '../trail/entry-search.ts';
import { type SyslogSender, syslogMessage } from './syslog-message.ts';

/** Where the messages go. */
export interface LogReceiver extends AsyncDisposable {
  /** @throws KuraError unavailable when they could not be handed over */
  send(messages: readonly string[], signal: AbortSignal): Promise<void>;
}

export interface ForwardOptions {
  readonly database: Database;
  readonly sealing: Pick<Sealing, 'onSealed'>;
  readonly receiver: LogReceiver;
  readonly sender: SyslogSender;
  readonly reportError: (error: unknown) => void;
  /** How often entries of other processes are looked for. */
  readonly everyMs?: number;
}

const reader = 'syslog';
const batchRows = 200;
const longestRestMs = MINUTE;

export function forwardLog({ everyMs = 10 * SECOND, ...options }: ForwardOptions): AsyncDisposable {
  const over = new AbortController();
  let wake = Promise.withResolvers<void>();
  const stopHearing = options.sealing.onSealed(() => wake.resolve());
  const timer = setInterval(() => wake.resolve(), everyMs);
  timer.unref();

  async function run(): Promise<void> {
    for (let restMs = SECOND; !over.signal.aborted; ) {
      wake = Promise.withResolvers<void>();
      try {
        while ((await forwardBatch(options, over.signal)) === batchRows) over.signal.throwIfAborted();
        restMs = SECOND;
        await wake.promise;
      } catch (error) {
        if (over.signal.aborted) return;
        options.reportError(error);
        await setTimeout(restMs, undefined, { signal: over.signal }).catch(() => undefined);
        restMs = Math.min(restMs * 2, longestRestMs);
      }
    }
  }

  const running = run();
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      wake.resolve();
      stopHearing();
      clearInterval(timer);
      await running;
    },
  };
}

/** @returns how many were sent */
async function forwardBatch({ database, receiver, sender }: ForwardOptions, signal: AbortSignal): Promise<number> {
  const log = database.tables<ChainTables>().selectFrom('audit_log').selectAll();
  const rows = await log
    .where('seq', '>', await sentTo(database))
    .orderBy('seq')
    .limit(batchRows)
    .execute();
  const last = rows.at(-1)?.seq;
  if (last === undefined || last === null) return 0;
  await receiver.send(
    rows.map((row) => syslogMessage(entryView(row), sender)),
    signal,
  );
  await database.transaction(
    async (tx) => {
      await tx
        .tables<DetectionTables>()
        .insertInto('audit_readers')
        .values({ name: reader, seq: last })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ seq: last }))
        .execute();
    },
    { durability: 'relaxed' },
  );
  return rows.length;
}

async function sentTo(database: Database): Promise<number> {
  const readers = database
    .tables<DetectionTables>()
    .selectFrom('audit_readers')
    .select('seq')
    .where('name', '=', reader);
  return (await readers.executeTakeFirst())?.seq ?? 0;
}
