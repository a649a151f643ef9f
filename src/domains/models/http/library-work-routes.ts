/** The library put in order, over HTTP. */
import { requirePermission } from '#platform/access';
import { implement, nameFile, type RequestContext, type RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';
import type { JobView } from '#platform/jobs';

import * as contract from '../contract/index.ts';
import type { WorkProgress } from '../core/library-work/work-jobs.ts';
import type { Models } from '../models.ts';
import { actorOf, type Translators } from './request-edges.ts';

/** Of a plan, as many moves as somebody looks at. */
const SHOWN_MOVES = 500;

const mediaTypes: Readonly<Record<contract.LibraryExportFormat, readonly [ending: string, mediaType: string]>> = {
  json: ['json', 'application/json'],
  jsonl: ['jsonl', 'application/jsonl'],
  csv: ['csv', 'text/csv; charset=utf-8'],
  markdown: ['md', 'text/markdown; charset=utf-8'],
  yaml: ['yaml', 'application/yaml'],
  xml: ['xml', 'application/xml'],
  html: ['html', 'text/html; charset=utf-8'],
  sqlite: ['sqlite', 'application/vnd.sqlite3'],
};

export function libraryWorkRoutes(models: Models, translators: Translators): readonly RouteHandler[] {
  return [
    implement(contract.adoptFiles, async ({ body }, context) => models.startAdopting(body, keeper(context))),
    implement(contract.planLibraryMoves, async ({ query }, { signal }) => {
      const { moves, ...plan } = await models.planMoves(query.layout, signal);
      const shown = moves.slice(0, SHOWN_MOVES).map(({ file, to }) => ({ from: file.path, to }));
      return { ...plan, moves: shown, count: moves.length };
    }),
    implement(contract.organizeLibrary, async ({ body }, context) =>
      models.startOrganizing(body.layout, keeper(context)),
    ),
    implement(contract.undoOrganizing, async (_input, context) => models.startUndoing(keeper(context))),
    implement(contract.listLibraryMoves, async ({ query }) => models.listMoves(query.limit)),
    implement(contract.readLibraryWork, async ({ params }, { language }) => {
      const { job, progress } = await models.readWork(params.jobId);
      return presentWork(job, progress, translators[language]);
    }),
    implement(contract.exportLibrary, async ({ query: { format } }, context) => {
      const [ending, mediaType] = mediaTypes[format];
      nameFile(context, { name: `kura-library.${ending}`, mediaType });
      const actor = actorOf(requirePermission('models:read', context.caller), context);
      return models.exportLibrary({ format, translator: translators[context.language], actor, signal: context.signal });
    }),
  ];
}

function presentWork(job: JobView, { figures, items }: WorkProgress, text: Translator): contract.LibraryWorkView {
  const counted = Object.fromEntries(contract.workOutcomes.map((outcome) => [outcome, figures[outcome] ?? 0]));
  return {
    status: job.status,
    figures: counted as contract.LibraryWorkView['figures'],
    items: items.map(({ fault, ...item }) => ({ ...item, reason: fault && reasonText(fault, text) })),
    reason: job.error && reasonText(job.error, text),
  };
}

function reasonText({ code, params }: { readonly code: string; readonly params: object }, text: Translator): string {
  return text.text(code, { ...params });
}

function keeper(context: RequestContext) {
  return actorOf(requirePermission('models:write', context.caller), context);
}
