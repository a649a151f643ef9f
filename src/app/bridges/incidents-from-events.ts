/** knowledge ← models, backups: what went wrong becomes an incident draft with its evidence, once per cause, with cases alike. */
import { backupsEvents } from '#backups';
import type { Language } from '#kernel/messages';
import type { Knowledge } from '#knowledge';
import { modelsEvents } from '#models';
import { auditEvents } from '#platform/audit';
import { type EventReaction, onEvent, type Subscriber } from '#platform/events';
import type { Translator } from '#platform/i18n';

import { type FileIncident, incidentDesk } from './incidents/incident-desk.ts';

export function incidentsFromEvents(knowledge: Knowledge, translator: Translator): Subscriber {
  const lang: Language = translator.language;
  const file = incidentDesk(knowledge, translator);
  return {
    name: 'app.incidents',
    reactions: [
      onEvent(modelsEvents.fileQuarantined, async ({ payload }) => {
        await file({
          title: translator.text('app.incident-quarantined', { name: payload.modelName }),
          body: translator.text('app.incident-quarantined-body', { path: payload.path }),
          evidence: { [payload.reason]: payload.verdict ?? '–', path: payload.originalPath },
          dedupeKey: `file-quarantined:${payload.quarantineId}`,
          lang,
          tags: ['models', 'quarantine'],
        });
      }),
      onEvent(modelsEvents.fileDamaged, async ({ id, payload }) => {
        await file({
          title: translator.text('app.incident-damaged', { name: payload.modelName }),
          body: translator.text('app.incident-damaged-body', { path: payload.path }),
          evidence: { state: payload.state, expected: payload.sha256, actual: payload.actualSha256 ?? '–' },
          dedupeKey: `file-damaged:${payload.libraryId}:${id}`,
          lang,
          tags: ['models', 'integrity'],
        });
      }),
      onApiChanged(file, translator),
      onDetected(file, translator),
      onEvent(backupsEvents.runFailed, async ({ payload }) => {
        await file({
          title: translator.text('app.incident-backup', { job: payload.title, copy: payload.copy }),
          body: translator.text('app.incident-backup-body', { job: payload.job, copy: payload.copy }),
          evidence: { reason: payload.code, run: payload.runId },
          dedupeKey: `backup-failed:${payload.runId}`,
          lang,
          tags: ['backup'],
        });
      }),
      onDigitsLost(file, translator),
      onEvent(backupsEvents.verificationFailed, async ({ payload }) => {
        await file({
          title: translator.text('app.incident-verification', { job: payload.title, copy: payload.copy }),
          body: translator.text('app.incident-verification-body', { job: payload.job, copy: payload.copy }),
          evidence: { errors: payload.errors, first: payload.findings[0] ?? '–' },
          dedupeKey: `verification-failed:${payload.verificationId}`,
          lang,
          tags: ['backup', 'integrity'],
        });
      }),
    ],
  };
}

function onDigitsLost(file: FileIncident, translator: Translator): EventReaction {
  return onEvent(backupsEvents.verdictChanged, async ({ id, payload }) => {
    // What never had copies lost nothing.
    if (payload.to !== 'non_compliant' || payload.from === null) return;
    const lost = Object.entries(payload.digits).filter(([, state]) => state !== 'pass');
    const digits = lost.map(([name]) => translator.text(`alerts.word.${name}`)).join(', ');
    await file({
      title: translator.text('app.incident-digits', { job: payload.title, digits }),
      body: translator.text('app.incident-digits-body', { job: payload.job }),
      evidence: { from: payload.from, to: payload.to, ...Object.fromEntries(lost) },
      dedupeKey: `digits-lost:${payload.job}:${id}`,
      lang: translator.language,
      tags: ['backup', '3-2-1-1-0'],
    });
  });
}

/** Its own findings about files and copies have incidents above, with better evidence. */
const reportedElsewhere: ReadonlySet<string> = new Set(['integrity-failed', 'critical-entry']);

function onDetected(file: FileIncident, translator: Translator): EventReaction {
  return onEvent(auditEvents.securityDetected, async ({ payload }) => {
    const { detectionId, rule, severity, about, count } = payload;
    if (reportedElsewhere.has(rule)) return;
    const title = translator.text(`audit.rule.${rule}`);
    await file({
      title: translator.text('app.incident-detected', { title, about }),
      body: translator.text('app.incident-detected-body', { title, about, id: detectionId }),
      evidence: { rule, severity, about, count, entries: payload.entryIds.join(', ') },
      dedupeKey: `security-detected:${detectionId}`,
      lang: translator.language,
      tags: ['security', 'audit'],
    });
  });
}

/** Only changes that keep Kura from reading or deciding are published at all. */
function onApiChanged(file: FileIncident, translator: Translator): EventReaction {
  return onEvent(modelsEvents.apiChanged, async ({ payload }) => {
    const { endpoint, kind, path, was, now } = payload;
    const what = translator.text(`models.api-change.${kind}`, { endpoint, path, was, now });
    await file({
      title: translator.text('app.incident-api-changed', { endpoint }),
      body: translator.text('app.incident-api-changed-body', {
        what,
        advice: translator.text(`models.api-advice.${payload.impact}`),
        id: payload.changeId,
      }),
      evidence: { impact: payload.impact, path, was: was || '–', now: now || '–' },
      dedupeKey: `api-changed:${payload.changeId}`,
      lang: translator.language,
      tags: ['models', 'api'],
    });
  });
}
