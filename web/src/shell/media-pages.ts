/** Pages about offline media. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { inside } from './base-routes.tsx';

export const mediaPages = [
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/media',
    component: lazyRouteComponent(() => import('../domains/backups/media/media-page.tsx'), 'MediaPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/media/rotation',
    component: lazyRouteComponent(() => import('../domains/backups/media/rotation-page.tsx'), 'RotationPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/media/loans',
    component: lazyRouteComponent(() => import('../domains/backups/media/loans-page.tsx'), 'LoansPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/media/places',
    component: lazyRouteComponent(() => import('../domains/backups/media/places-page.tsx'), 'PlacesPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/media/scan',
    component: lazyRouteComponent(() => import('../domains/backups/media/scan-page.tsx'), 'ScanPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/media/scan/$label',
    component: lazyRouteComponent(
      () => import('../domains/backups/media/scanned-medium-page.tsx'),
      'ScannedMediumPage',
    ),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/backups/media/$label',
    component: lazyRouteComponent(() => import('../domains/backups/media/medium-page.tsx'), 'MediumPage'),
  }),
] as const;
