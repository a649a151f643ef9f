/** What the commands of this module stand on. */
import type { Clock } from '#kernel/clock';
import { defineCommand } from '#platform/cli';

import type { ProtectionDeps } from '../protection.ts';

export interface ProtectionServices extends ProtectionDeps {
  readonly clock: Clock;
}

export const defineProtectionCommand = defineCommand<ProtectionServices>();
