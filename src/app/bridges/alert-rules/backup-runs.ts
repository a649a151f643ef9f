/** Alerts about runs: failed, incomplete, missing, unusual, or reported by a stranger. */
import { backupsEvents } from '#backups';
import { drillKinds } from '#backups/contract';

import { type AlertRule, flat, ofCopy, ofJob, on, word } from './alert-rule.ts';

export const runRules: readonly AlertRule[] = [
  on(backupsEvents.copyRemoved, ({ copyId }) => [
    ...['backup-failed', 'backup-partial', 'backup-missed', 'verification-failed'].map((type) => ({
      clear: `${type}:${copyId}`,
    })),
    ...drillKinds.map((kind) => ({ clear: `drill-failed:${copyId}:${kind}` })),
  ]),
  on(backupsEvents.runFailed, ({ copyId, code, params, ...place }) => ({
    raise: {
      type: 'backup-failed',
      fingerprint: `backup-failed:${copyId}`,
      detail: { code, params: flat(params) },
      ...ofCopy(place),
    },
  })),
  on(backupsEvents.runFinished, ({ copyId, result, problems, ...place }) => [
    { clear: `backup-failed:${copyId}` },
    { clear: `schedule-skipped:${place.job}` },
    { clear: `hook-failed:${place.job}` },
    result === 'success'
      ? { clear: `backup-partial:${copyId}` }
      : {
          raise: {
            type: 'backup-partial',
            fingerprint: `backup-partial:${copyId}`,
            filling: { params: { problems } },
            ...ofCopy(place),
          },
        },
  ]),
  on(backupsEvents.runMissed, ({ copyId, due, ...place }) => ({
    raise: {
      type: 'backup-missed',
      fingerprint: `backup-missed:${copyId}`,
      filling: { times: { due } },
      ...ofCopy(place),
    },
  })),
  on(backupsEvents.runArrived, ({ copyId }) => ({ clear: `backup-missed:${copyId}` })),
  on(backupsEvents.runUnusual, ({ runId, what, value, usual, ...place }) => ({
    raise: {
      type: 'backup-unusual',
      fingerprint: `backup-unusual:${runId}:${what}`,
      filling: { params: { value: measure(what, value), usual: measure(what, usual) }, words: { what: [word(what)] } },
      ...ofCopy(place),
    },
  })),
  on(backupsEvents.scheduleSkipped, ({ code, params, ...place }) => ({
    raise: {
      type: 'schedule-skipped',
      fingerprint: `schedule-skipped:${place.job}`,
      detail: { code, params: flat(params) },
      ...ofJob(place),
    },
  })),
  on(backupsEvents.hookFailed, ({ code, params, ...place }) => ({
    raise: {
      type: 'hook-failed',
      fingerprint: `hook-failed:${place.job}`,
      detail: { code, params: flat(params) },
      ...ofJob(place),
    },
  })),
  on(backupsEvents.reportUnclaimed, ({ key, job, tool }) => ({
    raise: {
      type: 'report-unclaimed',
      fingerprint: `report-unclaimed:${key}`,
      subject: { kind: 'report', id: key, name: `${job} (${tool})` },
      page: '/backups/reports',
    },
  })),
  on(backupsEvents.reportClaimed, ({ key }) => ({ clear: `report-unclaimed:${key}` })),
  on(backupsEvents.reporterSilent, ({ reporter, host, tool, since }) => ({
    raise: {
      type: 'reporter-silent',
      fingerprint: `reporter-silent:${reporter}`,
      subject: { kind: 'reporter', id: reporter, name: `${host ?? reporter} (${tool})` },
      filling: { times: { since } },
      page: '/backups/reports',
    },
  })),
  on(backupsEvents.reporterBack, ({ reporter }) => ({ clear: `reporter-silent:${reporter}` })),
];

function measure(what: 'duration' | 'size', value: number): string {
  return what === 'duration' ? `${Math.round(value)} s` : `${(value / 1024 ** 2).toFixed(1)} MiB`;
}
