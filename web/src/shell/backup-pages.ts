/** Pages of backups. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { runSearchSchema } from '../domains/backups/runs/run-search.ts';
import { inside } from './base-routes.tsx';

export const backupPages = [
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/protection',
    component: lazyRouteComponent(() => import('../domains/backups/verdict/protection-page.tsx'), 'ProtectionPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/service-levels',
    component: lazyRouteComponent(
      () => import('../domains/backups/service-levels/service-levels-page.tsx'),
      'ServiceLevelsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/jobs',
    component: lazyRouteComponent(() => import('../domains/backups/jobs/jobs-page.tsx'), 'JobsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/jobs/new',
    component: lazyRouteComponent(() => import('../domains/backups/jobs/new-job-page.tsx'), 'NewJobPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/jobs/$key',
    component: lazyRouteComponent(() => import('../domains/backups/jobs/job-page.tsx'), 'JobPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/policies',
    component: lazyRouteComponent(() => import('../domains/backups/policies/policies-page.tsx'), 'PoliciesPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/providers',
    component: lazyRouteComponent(() => import('../domains/backups/providers/providers-page.tsx'), 'ProvidersPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/drills',
    component: lazyRouteComponent(() => import('../domains/backups/drills/drills-page.tsx'), 'DrillsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/drills/$id',
    component: lazyRouteComponent(() => import('../domains/backups/drills/drill-page.tsx'), 'DrillPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/recovery',
    component: lazyRouteComponent(() => import('../domains/backups/recovery/recovery-page.tsx'), 'RecoveryPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/test-plans',
    component: lazyRouteComponent(() => import('../domains/backups/drills/test-plans-page.tsx'), 'TestPlansPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/tickets',
    component: lazyRouteComponent(() => import('../domains/backups/tickets/tickets-page.tsx'), 'TicketsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/runs',
    validateSearch: runSearchSchema,
    component: lazyRouteComponent(() => import('../domains/backups/runs/runs-page.tsx'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/reports',
    component: lazyRouteComponent(() => import('../domains/backups/reports/reports-page.tsx'), 'ReportsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/documents',
    component: lazyRouteComponent(() => import('../domains/backups/documents/documents-page.tsx'), 'DocumentsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/evidence',
    component: lazyRouteComponent(() => import('../domains/backups/evidence/evidence-page.tsx'), 'EvidencePage'),
  }),
] as const;
