/** The history of downloads over HTTP: what it adds up to, and as a bundle that another Kura takes. */
import { nowInstant, systemClock } from '#kernel/clock';
import { requirePermission } from '#platform/access';
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import { actorOf, type Translators } from './request-edges.ts';

/** More faults nobody reads. */
const FAULTS_TOLD = 100;

export function downloadHistoryRoutes(models: Models, translators: Translators): readonly RouteHandler[] {
  const { downloadHistory } = models;
  return [
    implement(contract.readDownloadStatistics, async ({ query }) => downloadHistory.statistics(query)),
    implement(contract.exportHistory, async () => ({
      fileName: `kura-history-${nowInstant(systemClock).slice(0, 10)}.jsonl`,
      mediaType: 'application/x-ndjson',
      content: (await downloadHistory.exportText()).text,
    })),
    implement(contract.importHistory, async ({ body }, context) => {
      const text = translators[context.language];
      const actor = actorOf(requirePermission('models:write', context.caller), context);
      const { tables, faults, missingFiles } = await downloadHistory.importText(body.content, actor);
      const told = faults.slice(0, FAULTS_TOLD).map(({ table, line, code, detail }) => {
        const params = { table: text.text(`cli.models.history-import.${table}`), line, detail };
        return { code, message: text.text(code, params) };
      });
      return { tables, faults: told, faultCount: faults.length, missingFiles };
    }),
  ];
}
