/** What the queue does for reports. */
import type { Language } from '#kernel/messages';
import type { Translator } from '#platform/i18n';
import { type HandledJob, handleJob } from '#platform/jobs';

import type { DocumentDesk } from '../core/documents/document-desk.ts';
import { makePlannedJob, sweepDocumentsJob } from '../core/documents/document-events.ts';

export function documentJobHandlers(
  documents: DocumentDesk,
  translators: Readonly<Record<Language, Translator>>,
): readonly HandledJob[] {
  return [
    handleJob(makePlannedJob, async ({ id, payload: { plan } }) => {
      await documents.makePlanned({ kind: 'job', id, name: plan }, { id, plan, translators });
    }),
    handleJob(sweepDocumentsJob, async ({ id }) => {
      await documents.sweep({ kind: 'job', id, name: 'backups.sweep-documents' });
    }),
  ];
}
