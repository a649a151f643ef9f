/** Kura's eye on the site's API: what its answers look like, and which of its features can be relied on. */
import type { Probe } from '#platform/health';

import { type ApiWatch, type ApiWatchDeps, createApiWatch } from './core/api-watch/api-watch.ts';
import { countFeatures } from './core/features/count-features.ts';
import { createFeatureUse, type FeatureUse, type FeatureUseDeps } from './core/features/feature-use.ts';
import type { ModelSource } from './ports.ts';

export interface SiteWatchDeps extends ApiWatchDeps, Omit<FeatureUseDeps, 'source'> {
  readonly source: ModelSource;
}

export interface SiteWatch {
  readonly apiWatch: ApiWatch;
  readonly features: FeatureUse;
}

export interface OpenSiteWatch extends SiteWatch, AsyncDisposable {
  /** The same site, each question counted. */
  readonly source: ModelSource;
}

export function createSiteWatch(deps: SiteWatchDeps): OpenSiteWatch {
  const apiWatch = createApiWatch(deps);
  // Probes are no uses: they ask the bare source.
  const features = createFeatureUse(deps);
  return {
    apiWatch,
    features,
    source: countFeatures(deps.source, features),
    [Symbol.asyncDispose]: async () => {
      await features.flush();
      await apiWatch.flush();
    },
  };
}

/** Degraded while an open change keeps answers from being read or decided by; what is switched off is named. */
export function siteProbe({ apiWatch, features }: SiteWatch): Probe {
  return {
    name: 'civitai-api',
    run: async () => {
      const { endpoints, open } = await apiWatch.status();
      const reports = await features.list();
      const off = reports.filter(({ decision }) => decision !== 'on' && decision !== 'mode');
      const waiting = Object.entries(open).filter(([, count]) => count > 0);
      const changes = waiting.map(([impact, count]) => `${count} ${impact}`).join(', ');
      const parts = [
        `${endpoints.length} endpoints learned`,
        changes === '' ? 'no open changes' : `open changes: ${changes}`,
        `features: ${features.mode()}`,
        ...(off.length === 0 ? [] : [`off: ${off.map(({ feature }) => feature.id).join(', ')}`]),
      ];
      return { state: open.critical + open.high > 0 ? 'degraded' : 'ok', detail: parts.join(', ') };
    },
  };
}
