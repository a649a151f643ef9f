/** Alerts in the words of the caller's language. */
import type { Translator } from '#platform/i18n';
import { say } from '#platform/notify';

import type { AlertView } from '../contract/index.ts';
import type { Alert } from './alert.ts';

export function presentAlert(alert: Alert, translator: Translator): AlertView {
  const { type, filling, detail, subject } = alert;
  const texts = { ...filling, params: { ...filling.params, name: subject.name } };
  return {
    id: alert.id,
    type,
    severity: alert.severity,
    state: alert.state,
    title: say({ key: `alerts.type.${type}`, ...texts }, translator),
    advice: say({ key: `alerts.type.${type}.advice`, ...texts }, translator),
    detail: detail === null ? null : say({ key: detail.code, params: detail.params }, translator),
    subject,
    site: alert.site,
    tags: alert.tags,
    page: alert.page,
    count: alert.count,
    firstAt: alert.firstAt,
    lastAt: alert.lastAt,
    level: alert.level,
    snoozedUntil: alert.snoozedUntil,
    acknowledged: alert.acknowledged,
    resolved: alert.resolved,
    note: alert.note,
  };
}
