/** The feature registry over HTTP. */
import { requirePermission } from '#platform/access';
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../contract/index.ts';
import type { FeatureReport } from '../core/features/feature-use.ts';
import type { Models } from '../models.ts';
import { actorOf } from './request-edges.ts';

export function featureRoutes({ features }: Models): readonly RouteHandler[] {
  return [
    implement(contract.listApiFeatures, async () => ({
      mode: features.mode(),
      items: (await features.list()).map(presentFeature),
    })),
    implement(contract.chooseApiFeature, async ({ params, body }, context) => {
      const actor = actorOf(requirePermission('models:write', context.caller), context);
      return presentFeature(await features.choose(params.id, body.choice === 'auto' ? null : body.choice, actor));
    }),
    implement(contract.probeApiFeature, async ({ params, body }, { signal }) =>
      presentFeature(await features.probe(params.id, { again: body.again, signal })),
    ),
  ];
}

function presentFeature({ feature, counted, ...report }: FeatureReport): contract.ApiFeatureView {
  const { id, call, level, risk, evidence, fallback, probe } = feature;
  return {
    id,
    call,
    level,
    risk,
    evidence,
    fallback: [...fallback],
    decision: report.decision,
    choice: counted?.chosen ?? 'auto',
    standing: report.standing,
    succeeded: counted?.succeeded ?? 0,
    failed: counted?.failed ?? 0,
    ratio: report.ratio,
    lastUsedAt: counted?.lastUsedAt ?? null,
    lastFailedAt: counted?.lastFailedAt ?? null,
    lastError: counted?.lastError ?? null,
    probeable: probe !== null,
    probedAt: counted?.probedAt ?? null,
    probeOutcome: counted?.probeOutcome ?? null,
    probeDue: report.isProbeDue,
  };
}
