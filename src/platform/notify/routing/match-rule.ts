/** Which rules a notice fits. */
import { type RoutingRule, severities } from '../contract/index.ts';
import type { Notice } from '../notice.ts';
import { isWithin } from '../rhythm/hours.ts';

/** Whether the rule tells of the notice at this moment (milliseconds). */
export function fitsRule(rule: RoutingRule, notice: Notice, now: number): boolean {
  return (
    rule.enabled &&
    rule.events.includes(notice.event) &&
    isSevereEnough(rule.minSeverity, notice.severity) &&
    // That it is over goes to the rules of every step up to the one it stands at.
    (notice.event === 'resolved' ? rule.level <= notice.level : rule.level === notice.level) &&
    isNamed(rule.kinds, [notice.kind]) &&
    isNamed(rule.subjects, [notice.subject.id, notice.subject.name]) &&
    isNamed(rule.tags, notice.tags) &&
    isNamed(rule.sites, notice.site === null ? [] : [notice.site]) &&
    (rule.hours === null || isWithin(rule.hours, now))
  );
}

export function isSevereEnough(least: Notice['severity'], severity: Notice['severity']): boolean {
  return severities.indexOf(severity) >= severities.indexOf(least);
}

function isNamed(wanted: readonly string[], has: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((one) => has.includes(one));
}
