/**
 * How long Kura was there (P-073): what its own probes found minute by minute, kept as spans; incidents and figures are
 * counted from what was observed, never from missing records (ADR 0031).
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { availabilityCommands } from './cli/availability-commands.ts';
export { type Availability, createAvailability } from './core/availability.ts';
export { availabilityRoutes } from './http/availability-handlers.ts';
export { availabilityMigrations } from './store/availability-tables.ts';
export const availabilityMessages: Catalogues = { en, ja };
