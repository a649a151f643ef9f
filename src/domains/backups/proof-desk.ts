/** Everything that proves backups, or shows that they are not proved: drills, plans, tickets, canary files. */

import { defineSchedule } from '#platform/schedule';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsContext } from './core/backups-context.ts';
import { type Canaries, createCanaries } from './core/canaries/canaries.ts';
import { createDrillDesk, type DrillDesk } from './core/drills/drill-desk.ts';
import { watchTestsJob } from './core/drills/drill-job.ts';
import { createTestPlans, type TestPlans } from './core/test-plans/test-plans.ts';
import { watchTests } from './core/test-plans/watch-tests.ts';
import { createTickets, type Tickets } from './core/tickets/tickets.ts';

export interface ProofDesk {
  readonly drills: DrillDesk;
  readonly testPlans: TestPlans;
  readonly tickets: Tickets;
  readonly canaries: Canaries;
  /** What an hour brings: due tests begun and told, late tickets told, canary files looked at, dead drills closed. */
  watch(actor: Actor, signal: AbortSignal): Promise<void>;
  /** For the start of a server. */
  setUp(actor: Actor): Promise<void>;
}

export function createProofDesk(context: BackupsContext): ProofDesk {
  const drills = createDrillDesk(context);
  const canaries = createCanaries(context);
  return {
    drills,
    canaries,
    testPlans: createTestPlans(context),
    tickets: createTickets(context),
    async watch(actor, signal) {
      await drills.recover(actor);
      await canaries.check(actor, signal);
      await watchTests(context, actor);
    },
    async setUp(actor) {
      await drills.recover(actor);
      // A minute that no other schedule is likely to have.
      const timing = { kind: 'cron', cron: '37 * * * *', zone: context.zone() } as const;
      const schedule = defineSchedule({ id: 'backups.watch-tests', job: watchTestsJob, payload: {}, timing });
      await context.unitOfWork.write(actor, (tx) => context.scheduler.upsert(tx, schedule));
    },
  };
}
