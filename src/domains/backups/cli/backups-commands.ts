/** Commands over the backups of a data directory. */
import type { Command } from '#platform/cli';
import type { Backups } from '../backups.ts';
import { documentCommands } from './document-commands.ts';
import { drillCommands } from './drills/drill-commands.ts';
import { recordCommands } from './drills/record-commands.ts';
import { testPlanCommands } from './drills/test-plan-commands.ts';
import { estateCommands } from './estate-commands.ts';
import { mediaCommands } from './media/media-commands.ts';
import { policyCommands } from './policy-commands.ts';
import { providerCommands } from './provider-commands.ts';
import { jobCommands } from './register/job-commands.ts';
import { removalCommands } from './register/removal-commands.ts';
import { registerCommands } from './register-commands.ts';
import { inboxCommands } from './reports/inbox-commands.ts';
import { scheduleCommands } from './schedule-commands.ts';
import { serviceLevelCommands } from './service-level-commands.ts';
import { statusCommands } from './status-commands.ts';
import { ticketCommands } from './tickets/ticket-commands.ts';
import { toolCommands } from './tool-commands.ts';
import { workCommands } from './work-commands.ts';

export const backupsCommands: ReadonlyArray<Command<Backups>> = [
  ...registerCommands,
  ...jobCommands,
  ...removalCommands,
  ...policyCommands,
  ...scheduleCommands,
  ...providerCommands,
  ...estateCommands,
  ...serviceLevelCommands,
  ...workCommands,
  ...statusCommands,
  ...inboxCommands,
  ...drillCommands,
  ...recordCommands,
  ...testPlanCommands,
  ...ticketCommands,
  ...toolCommands,
  ...mediaCommands,
  ...documentCommands,
];
