/** Scans of the library over HTTP. */
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { ScanStatus } from '../core/scanning/scan-status.ts';
import type { Models } from '../models.ts';
import type { ScannedFile } from '../store/file-scan-store.ts';
import type { LibraryScan } from '../store/library-scan-store.ts';
import { presentFinding } from './present-records.ts';
import { actorOf, type Translators } from './request-edges.ts';

type ModelsScans = Pick<Models, 'scans' | 'scanStatus' | 'listScannedFiles'>;

const notable = ['dangerous', 'invalid', 'suspicious', 'unscanned'] as const;

export function scanningRoutes(models: ModelsScans, translators: Translators): readonly RouteHandler[] {
  const { scans } = models;
  return [
    implement(contract.readScanStatus, async () => presentStatus(await models.scanStatus())),
    implement(contract.startScan, async ({ body }, context) => presentScan(await scans.start(body, keeper(context)))),
    implement(contract.listScannedFiles, async ({ query }, { language }) => {
      const { items, nextCursor } = await models.listScannedFiles({ ...query, verdict: query.verdict ?? notable });
      return {
        items: items.map((file) => presentScannedFile(file, translators[language])),
        ...(nextCursor === undefined ? {} : { nextCursor }),
      };
    }),
    implement(contract.readScan, async ({ params }) => presentScan(await scans.read(params.id))),
    implement(contract.pauseScan, async ({ params }, context) =>
      presentScan(await scans.pause(params.id, keeper(context))),
    ),
    implement(contract.resumeScan, async ({ params }, context) =>
      presentScan(await scans.resume(params.id, keeper(context))),
    ),
    implement(contract.cancelScan, async ({ params }, context) =>
      presentScan(await scans.cancel(params.id, keeper(context))),
    ),
  ];
}

export function presentScan(scan: LibraryScan): contract.ScanRunView {
  const { cursor: _cursor, jobId: _job, ...view } = scan;
  return view;
}

function presentStatus({ open, last, ...status }: ScanStatus): contract.ScanStatusView {
  return {
    ...status,
    open: open === undefined ? null : presentScan(open),
    last: last === undefined ? null : presentScan(last),
  };
}

function presentScannedFile({ findings, ...file }: ScannedFile, text: Translator): contract.ScannedFileView {
  return { ...file, findings: findings.map((finding) => presentFinding(finding, text)) };
}

function keeper(context: RequestContext) {
  return actorOf(requirePermission('models:write', context.caller), context);
}
