import { type FeatureProbe, judgeProbe, type Model, type ModelQuery, type ProbeOutcome } from '#engines/civitai';

import type { ModelSource } from '../../ports.ts';

/**
 * Two pages of the list. A refusal of the question is an outcome; anything else that keeps the site from answering is not.
 * @throws KuraError what the site, or the way to it, says
 */
export async function runProbe(
  source: Pick<ModelSource, 'modelPages'>,
  probe: FeatureProbe,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const control = await firstPage(source, probe.control, signal);
  if (control === 'refused') return 'unclear';
  const changed = await firstPage(source, probe.changed, signal);
  return changed === 'refused' ? 'refused' : judgeProbe(probe, control, changed);
}

async function firstPage(
  source: Pick<ModelSource, 'modelPages'>,
  query: ModelQuery,
  signal: AbortSignal,
): Promise<readonly Model[] | 'refused'> {
  for await (const step of source.modelPages(query, signal, { refresh: true })) {
    if (step.kind === 'page') return step.page.items;
    if (step.kind !== 'error') break;
    if (step.error.code === 'civitai.request-refused') return 'refused';
    throw step.error;
  }
  return [];
}
