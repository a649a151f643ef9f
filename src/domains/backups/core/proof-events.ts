/** Events of drills, plans, tickets and canary files. */
import { canaryChanged, canarySettled } from './canaries/canary-events.ts';
import { drillFailed, drillFinished } from './drills/drill-events.ts';
import { testDue, testOverdue, testPassed } from './test-plans/test-plan-events.ts';
import { ticketClosed, ticketOpened, ticketOverdue } from './tickets/ticket-events.ts';

export const proofEvents = {
  drillFinished,
  drillFailed,
  testDue,
  testOverdue,
  testPassed,
  ticketOpened,
  ticketOverdue,
  ticketClosed,
  canaryChanged,
  canarySettled,
} as const;
