/** Entries and a folder under git, kept the same. */
import type { Language } from '#kernel/messages';
import { implement, type RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';
import { managerOf } from './request-callers.ts';

export type Translators = Readonly<Record<Language, Translator>>;

export function syncRoutes(knowledge: Knowledge, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.syncKnowledge, async ({ body }, context) => {
      const { signal, language } = context;
      const actor = managerOf(context);
      const report = await knowledge.syncFolder(actor, knowledge.syncedFolder(), { ...body, signal });
      return told(report, translators[language]);
    }),
  ];
}

function told(report: contract.SyncReport, translator: Translator): contract.ToldSyncReport {
  const rows = report.rows.map(({ reason, ...row }) =>
    reason === undefined ? row : { ...row, reason: { ...reason, text: translator.text(reason.code, reason.params) } },
  );
  return { ...report, rows };
}
