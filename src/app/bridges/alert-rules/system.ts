/** Alerts about Kura itself: its security and its channels. */
import { auditEvents } from '#platform/audit';
import { notifyEvents } from '#platform/notify';

import { type AlertRule, on } from './alert-rule.ts';

/** What the audit log finds about files and copies has alerts of its own above. */
const toldElsewhere: ReadonlySet<string> = new Set(['integrity-failed', 'critical-entry']);

export const systemRules: readonly AlertRule[] = [
  on(auditEvents.securityDetected, ({ detectionId, rule, severity, about }) =>
    toldElsewhere.has(rule)
      ? []
      : {
          raise: {
            type: 'security-detected',
            fingerprint: `security-detected:${detectionId}`,
            severity,
            subject: { kind: 'detection', id: detectionId, name: about },
            tags: ['security'],
            filling: { words: { title: [`audit.rule.${rule}`] } },
            page: '/operations/audit',
          },
        },
  ),
  on(notifyEvents.channelFailed, ({ channel, code, reason }) => ({
    raise: {
      type: 'channel-failed',
      fingerprint: `channel-failed:${channel}`,
      subject: { kind: 'channel', id: channel, name: channel },
      detail: { code: reason === '' ? code : reason, params: {} },
      page: '/operations/notifications',
    },
  })),
  on(notifyEvents.channelWorks, ({ channel }) => ({ clear: `channel-failed:${channel}` })),
];
