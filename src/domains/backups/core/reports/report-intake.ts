/**
 * Takes reports in. Those that come while a transaction is under way share the next one: one wait for the disk serves them
 * all, and nobody is answered before what they handed in is durable.
 */
import { setImmediate } from 'node:timers/promises';

import type { Actor } from '#platform/unit-of-work';

import { isTaken } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { type PartOutcome, recordParts, type WantedPart } from './record-parts.ts';
import { createVerdictRefresher } from './refresh-verdicts.ts';

export interface ReportIntake {
  /** One outcome for each part, in their order; durable when it answers. */
  submit(actor: Actor, parts: readonly WantedPart[]): Promise<readonly PartOutcome[]>;
}

interface Waiting {
  readonly actor: Actor;
  readonly parts: readonly WantedPart[];
  readonly settle: PromiseWithResolvers<readonly PartOutcome[]>;
}

/** In one transaction; more would keep others from the database. */
const MOST_PARTS = 1000;

export function createReportIntake(context: BackupsContext): ReportIntake {
  const waiting: Waiting[] = [];
  const refresh = createVerdictRefresher(context);
  let working = false;

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    try {
      while (waiting.length > 0) {
        // SQLite answers without a turn of the event loop: without this, requests that came meanwhile would not be read.
        await setImmediate();
        await carryOut(context, takeGroup(waiting));
      }
    } finally {
      working = false;
    }
  }

  return {
    async submit(actor, parts) {
      const settle = Promise.withResolvers<readonly PartOutcome[]>();
      waiting.push({ actor, parts, settle });
      void work();
      const outcomes = await settle.promise;
      const changed = outcomes.flatMap(({ state, job }) => (state === 'recorded' && job !== null ? [job.key] : []));
      await refresh(actor, [...new Set(changed)]);
      return outcomes;
    },
  };
}

/** The oldest ones of the same actor: a transaction stands in the audit log under one name. */
function takeGroup(waiting: Waiting[]): readonly Waiting[] {
  const first = waiting[0];
  if (first === undefined) return [];
  let parts = 0;
  const end = waiting.findIndex(({ actor, parts: more }) => {
    parts += more.length;
    return (parts > MOST_PARTS && parts > more.length) || !isSame(actor, first.actor);
  });
  return waiting.splice(0, end < 0 ? waiting.length : end);
}

function isSame(one: Actor, other: Actor): boolean {
  return one.kind === other.kind && one.id === other.id && one.name === other.name && one.from === other.from;
}

async function carryOut(context: BackupsContext, group: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await write(context, group);
    let from = 0;
    for (const { parts, settle } of group) {
      settle.resolve(outcomes.slice(from, from + parts.length));
      from += parts.length;
    }
  } catch (error) {
    for (const { settle } of group) settle.reject(error);
  }
}

async function write(context: BackupsContext, group: readonly Waiting[]): Promise<readonly PartOutcome[]> {
  try {
    return await writeOnce(context, group);
  } catch (error) {
    // Another server was told of the same run at the same moment; now it is there, and the answer is "repeated".
    if (!isTaken(error)) throw error;
    return await writeOnce(context, group);
  }
}

async function writeOnce(context: BackupsContext, group: readonly Waiting[]): Promise<readonly PartOutcome[]> {
  const [first] = group;
  if (first === undefined) return [];
  const parts = group.flatMap((one) => one.parts);
  return await context.unitOfWork.write(first.actor, (tx) => recordParts(context, tx, parts));
}
