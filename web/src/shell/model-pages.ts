/** Pages of models. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';

import { batchSearchSchema } from '../domains/models/batches/batch-search.ts';
import { modelSearchSchema } from '../domains/models/search/model-search.ts';
import { inside } from './base-routes.tsx';

export const modelPages = [
  createRoute({
    getParentRoute: () => inside,
    path: '/models/search',
    validateSearch: modelSearchSchema,
    component: lazyRouteComponent(() => import('../domains/models/search/search-page.tsx'), 'SearchPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/catalogue/$modelId',
    component: lazyRouteComponent(() => import('../domains/models/search/model-page.tsx'), 'ModelPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/downloads',
    component: lazyRouteComponent(() => import('../domains/models/downloads/downloads-page.tsx'), 'DownloadsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/downloads/new',
    validateSearch: batchSearchSchema,
    component: lazyRouteComponent(() => import('../domains/models/batches/new-batch-page.tsx'), 'NewBatchPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/downloads/$id',
    component: lazyRouteComponent(() => import('../domains/models/batches/batch-page.tsx'), 'BatchPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/library',
    component: lazyRouteComponent(() => import('../domains/models/library/library-page.tsx'), 'LibraryPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/library/order',
    component: lazyRouteComponent(() => import('../domains/models/library-order/order-page.tsx'), 'LibraryOrderPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/watches',
    component: lazyRouteComponent(() => import('../domains/models/watches/watches-page.tsx'), 'WatchesPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/collections',
    component: lazyRouteComponent(
      () => import('../domains/models/collections/collections-page.tsx'),
      'CollectionsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/civitai',
    component: lazyRouteComponent(() => import('../domains/models/civitai/civitai-page.tsx'), 'CivitaiPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/updates',
    component: lazyRouteComponent(() => import('../domains/models/updates/updates-page.tsx'), 'UpdatesPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/scan',
    component: lazyRouteComponent(() => import('../domains/models/scanning/scan-page.tsx'), 'ScanPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/scan/rules',
    validateSearch: z.object({ rule: z.string().max(300).optional().catch(undefined) }),
    component: lazyRouteComponent(() => import('../domains/models/scanning/rules-page.tsx'), 'RulesPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/history',
    component: lazyRouteComponent(() => import('../domains/models/history/history-page.tsx'), 'HistoryPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/models/quarantine',
    component: lazyRouteComponent(() => import('../domains/models/library/quarantine-page.tsx'), 'QuarantinePage'),
  }),
] as const;
