/**
 * Alerts: what is wrong now, how often it happened, who takes care of it, and when it was over. Raised and cleared by what
 * happens elsewhere (the table stands in src/app/bridges/alert-rules), told by #platform/notify, escalated by time.
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { alertCommands } from './cli/alert-commands.ts';
export type { Alert, AlertSignal } from './core/alert.ts';
export { alertChanged } from './core/alert-events.ts';
export { alertsJobs } from './core/alert-jobs.ts';
export type { EscalationTimes } from './core/alert-life.ts';
export { type Alerts, createAlerts, type Occurrence } from './core/alerts.ts';
export { type AlertResponse, figuresOf as alertResponses } from './core/measure-alerts.ts';
export { presentAlert } from './core/present-alert.ts';
export { type AlertRoutesDeps, alertRoutes, type Runbook } from './http/alert-handlers.ts';
export { alertMigrations } from './store/alert-tables.ts';
export const alertsMessages: Catalogues = { en, ja };
