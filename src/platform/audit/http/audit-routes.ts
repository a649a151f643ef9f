/** The audit log over HTTP and, in process, for the command line. */

import type { Language } from '#kernel/messages';
import { requirePermission } from '#platform/access';
import type { Permission } from '#platform/contract';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';
import { type Actor, actorOfCaller } from '#platform/unit-of-work';

import type { Audit } from '../audit.ts';
import * as contract from '../contract/index.ts';
import type { Detection } from '../detections/detection-store.ts';
import type { RecordedCheck } from '../trail/checks.ts';
import { exportFormat } from '../trail/export-formats.ts';
import { adviceOn } from './advice.ts';

export interface AuditRoutesDeps {
  readonly audit: Audit;
  readonly translators: Readonly<Record<Language, Translator>>;
  readonly version: string;
}

/** Entries per page of a file. */
const exportRows = 1000;

export function auditRoutes(deps: AuditRoutesDeps): readonly RouteHandler[] {
  return [...entryRoutes(deps), ...chainRoutes(deps), ...detectionRoutes(deps)];
}

function entryRoutes({ audit, translators, version }: AuditRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listEntries, async ({ query: { limit, cursor, ...filter } }) => {
      const { items, nextCursor } = await audit.search({ filter, limit, before: cursor });
      return { items, ...cursorPart(nextCursor) };
    }),
    implement(contract.exportEntries, async ({ body: { format, cursor, ...filter } }, context) => {
      if (cursor === undefined) await audit.noteExport(actorOf(context, 'audit:read'), { format, ...filter });
      const { items, nextCursor } = await audit.search({ filter, limit: exportRows, before: cursor });
      const file = exportFormat(format, version);
      const lines = items.map((item) => file.line(item)).join('');
      return { text: cursor === undefined ? file.head + lines : lines, rows: items.length, ...cursorPart(nextCursor) };
    }),
    implement(contract.summarise, async ({ query: { days } }, context) => {
      const summary = await audit.summarise(days, actorOf(context, 'audit:read'));
      const translator = translators[context.language];
      return {
        ...summary,
        check: reportView(summary.check, translator),
        advice: adviceOn(summary).map(({ code, params }) => translator.text(code, params)),
      };
    }),
  ];
}

function chainRoutes({ audit, translators }: AuditRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.readChain, async (_input, { language }) => {
      const { lastCheck, ...state } = await audit.state();
      const translator = translators[language];
      return {
        ...state,
        lastCheck: lastCheck === undefined ? null : { ...reportView(lastCheck, translator), by: lastCheck.by },
      };
    }),
    implement(contract.verifyEntries, async ({ body }, context) => {
      const actor = actorOf(context, 'audit:read');
      const check = await audit.check({ actor, heads: body?.heads, signal: context.signal });
      return reportView(check, translators[context.language]);
    }),
    implement(contract.exportHeads, async () => audit.exportHeads()),
  ];
}

function detectionRoutes({ audit, translators }: AuditRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listDetections, async ({ query }, { language }) => {
      await audit.detect();
      const { items, nextCursor } = await audit.listDetections(query);
      const views = items.map((item) => detectionView(item, translators[language]));
      return { items: views, ...cursorPart(nextCursor) };
    }),
    implement(contract.acknowledgeDetection, async ({ params: { id }, body: { reason } }, context) => {
      const actor = actorOf(context, 'audit:review');
      return detectionView(await audit.acknowledge({ id, reason, actor }), translators[context.language]);
    }),
  ];
}

function actorOf({ caller, requestId }: RequestContext, permission: Permission): Actor {
  return actorOfCaller(requirePermission(permission, caller), requestId);
}

function reportView(check: RecordedCheck, translator: Translator): contract.ChainReportView {
  const { ok, finding, firstSeq, lastSeq, rows, unsealed, at, ms } = check;
  const facts = { ok, firstSeq, lastSeq, rows, unsealed, at, ms };
  if (finding === undefined) return { ...facts, finding: null };
  const text = translator.text(`audit.fault.${finding.fault}`, { seq: finding.seq, action: finding.action ?? '–' });
  return { ...facts, finding: { ...finding, text } };
}

function detectionView(detection: Detection, translator: Translator): contract.DetectionView {
  const title = translator.text(`audit.rule.${detection.rule}`);
  return { ...detection, entryIds: [...detection.entryIds], title };
}

function cursorPart<Cursor extends string | number>(nextCursor: Cursor | undefined): { nextCursor?: Cursor } {
  return nextCursor === undefined ? {} : { nextCursor };
}
