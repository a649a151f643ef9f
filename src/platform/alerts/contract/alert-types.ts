/**
 * Every kind of alert there is: how severe, who may see it. The texts are `alerts.type.<type>` and `alerts.type.<type>.advice`;
 * what raises and clears each stands in src/app/bridges/alert-rules. Safe for browsers.
 */
import type { Permission } from '#platform/contract';
import type { Severity } from '#platform/notify/contract';

export interface AlertType {
  readonly severity: Severity;
  readonly permission: Permission;
  /** So often without having been cleared, and it is more severe. */
  readonly worse?: { readonly after: number; readonly severity: Severity };
}

function backups(severity: Severity, worse?: AlertType['worse']): AlertType {
  return { severity, permission: 'backups:read', ...(worse === undefined ? {} : { worse }) };
}

function models(severity: Severity): AlertType {
  return { severity, permission: 'models:read' };
}

function system(severity: Severity): AlertType {
  return { severity, permission: 'system:read' };
}

export const alertTypes = {
  'backup-failed': backups('error', { after: 3, severity: 'critical' }),
  'backup-partial': backups('warning'),
  'backup-missed': backups('error', { after: 3, severity: 'critical' }),
  'backup-unusual': backups('warning'),
  'report-unclaimed': backups('warning'),
  'reporter-silent': backups('error'),
  'rule-violated': backups('error'),
  'verification-failed': backups('critical'),
  'drill-failed': backups('error'),
  'test-due': backups('info'),
  'test-overdue': backups('warning'),
  'ticket-opened': backups('error'),
  'ticket-overdue': backups('error'),
  'canary-changed': backups('critical'),
  'medium-lost': backups('critical'),
  'medium-damaged': backups('error'),
  'loan-overdue': backups('warning'),
  'swap-due': backups('info'),
  'swap-overdue': backups('warning'),
  'provider-space-low': backups('warning'),
  'provider-failed': backups('error'),
  'provider-login-ending': backups('warning'),
  'provider-certificate-ending': backups('warning'),
  'schedule-skipped': backups('warning'),
  'hook-failed': backups('warning'),
  'sla-violated': backups('error'),
  'file-damaged': models('error'),
  'file-quarantined': models('warning'),
  'api-changed': models('warning'),
  'storage-low': system('error'),
  'system-degraded': system('warning'),
  'availability-low': system('warning'),
  'channel-failed': system('error'),
  'security-detected': { severity: 'error', permission: 'audit:read' },
} as const satisfies Readonly<Record<string, AlertType>>;

export type AlertTypeName = keyof typeof alertTypes;

/** For a schema: all names. */
export const alertTypeNames = Object.keys(alertTypes) as [AlertTypeName, ...AlertTypeName[]];

/** How soon somebody should take an alert on (B-184), in minutes. */
export const responseMinutes: Readonly<Record<Severity, number>> = {
  critical: 15,
  error: 60,
  warning: 120,
  info: 1440,
};
