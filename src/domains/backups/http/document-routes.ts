/** The contracts of printed reports, bound to their use cases. */
import { requirePermission } from '#platform/access';
import { implement, type RequestContext, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import { actorOf } from './actor-of.ts';
import type { BackupsRoutesDeps } from './backups-routes-deps.ts';

export function documentRoutes(deps: BackupsRoutesDeps): readonly RouteHandler[] {
  return [...madeRoutes(deps), ...planRoutes(deps), ...controlRoutes(deps)];
}

function madeRoutes({ backups: { documents }, translators }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.makeDocument, async ({ body }, context) => {
      requireAudit(body, context);
      const translator = translators[context.language];
      return withContent(await documents.make(actorOf(context, 'backups:read'), { wish: body, translator }));
    }),
    implement(contract.listDocuments, async ({ query: { kind, plan, limit, cursor } }, { caller }) => {
      const without = caller?.permissions.has('audit:read') === true ? [] : contract.auditKinds;
      const found = await documents.list({ kind, plan, without, limit, before: cursor });
      const items = found.filter((one) => without.length === 0 || !isAuditMatter(one));
      const last = found.length === limit ? found.at(-1) : undefined;
      return {
        items: items.map(({ position: _position, ...one }) => one),
        ...(last === undefined ? {} : { nextCursor: last.position }),
      };
    }),
    implement(contract.readDocument, async ({ params: { id } }, context) => {
      requireAudit(await documents.find(id), context);
      return withContent(await documents.read(actorOf(context, 'backups:read'), id));
    }),
    implement(contract.removeDocument, ({ params: { id } }, context) =>
      documents.remove(actorOf(context, 'system:configure'), id),
    ),
    implement(contract.sendDocument, async ({ params: { id }, body }, context) => {
      requireAudit(await documents.find(id), context);
      return await documents.send(actorOf(context, 'system:configure'), id, body);
    }),
  ];
}

function planRoutes({ backups: { documents } }: BackupsRoutesDeps): readonly RouteHandler[] {
  return [
    implement(contract.listDocumentPlans, async () => ({ items: [...(await documents.plans())] })),
    implement(contract.putDocumentPlan, async ({ params: { name }, body }, context) => {
      requireAudit(body, context);
      const { language } = context;
      return await documents.putPlan(actorOf(context, 'system:configure'), { name, body, language });
    }),
    implement(contract.removeDocumentPlan, async ({ params: { name } }, context) => {
      await documents.removePlan(actorOf(context, 'system:configure'), name);
      return { name };
    }),
    implement(contract.runDocumentPlan, async ({ params: { name } }, context) => ({
      name,
      jobId: await documents.runPlan(actorOf(context, 'system:configure'), name),
    })),
  ];
}

function controlRoutes({ backups: { documents } }: BackupsRoutesDeps): readonly RouteHandler[] {
  const { controls } = documents;
  return [
    implement(contract.listControlMarks, async () => {
      const marks = await controls.marks();
      return { items: contract.controls.map((control) => ({ control, mark: marks.get(control) ?? null })) };
    }),
    implement(contract.markControl, ({ params: { control }, body }, context) =>
      controls.mark(actorOf(context, 'audit:review'), { control, ...body }),
    ),
    implement(contract.listContainers, async () => ({ items: [...(await controls.containers())] })),
    implement(contract.putContainer, ({ params: { key }, body }, context) =>
      controls.putContainer(actorOf(context, 'backups:run'), key, body),
    ),
    implement(contract.removeContainer, async ({ params: { key: job } }, context) => {
      await controls.removeContainer(actorOf(context, 'backups:run'), job);
      return { job };
    }),
  ];
}

interface Matter {
  readonly kind: contract.DocumentKind;
  readonly format?: contract.DocumentFormat | undefined;
  readonly table?: contract.DocumentTable | null | undefined;
}

/** What tells of people's actions is for those who may read the audit log. */
function isAuditMatter({ kind, format, table }: Matter): boolean {
  const isTable = format === 'csv' && table !== null && table !== undefined;
  return contract.auditKinds.includes(kind) || (isTable && contract.auditTables.includes(table));
}

function requireAudit(matter: Matter, { caller }: RequestContext): void {
  if (isAuditMatter(matter)) requirePermission('audit:read', caller);
}

function withContent({
  document,
  content,
}: {
  readonly document: contract.StoredDocument;
  readonly content: Uint8Array;
}): contract.MadeDocument {
  return { ...document, base64: Buffer.from(content).toString('base64') };
}
