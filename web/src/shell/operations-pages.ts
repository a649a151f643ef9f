/** Pages of running Kura, and of the people who use it. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { userSearchSchema } from '../domains/identity/users/user-search.ts';
import { inside } from './base-routes.tsx';

export const operationsPages = [
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/alerts',
    component: lazyRouteComponent(() => import('../domains/alerts/inbox/alerts-page.tsx'), 'AlertsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/alerts/$id',
    component: lazyRouteComponent(() => import('../domains/alerts/detail/alert-page.tsx'), 'AlertPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/notifications',
    component: lazyRouteComponent(
      () => import('../domains/alerts/notifications/notifications-page.tsx'),
      'NotificationsPage',
    ),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/audit',
    component: lazyRouteComponent(() => import('../domains/operations/audit/audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/health',
    component: lazyRouteComponent(() => import('../domains/operations/health/health-page.tsx'), 'HealthPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/availability',
    component: lazyRouteComponent(
      () => import('../domains/operations/availability/availability-page.tsx'),
      'AvailabilityPage',
    ),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/schedules',
    component: lazyRouteComponent(() => import('../domains/operations/schedules/schedules-page.tsx'), 'SchedulesPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/settings',
    component: lazyRouteComponent(() => import('../domains/operations/settings/settings-page.tsx'), 'SettingsPage'),
  }),
] as const;

export const peoplePages = [
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/users',
    validateSearch: userSearchSchema,
    component: lazyRouteComponent(() => import('../domains/identity/users/users-page.tsx'), 'UsersPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/users/$user',
    component: lazyRouteComponent(() => import('../domains/identity/users/user-page.tsx'), 'UserPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/roles',
    component: lazyRouteComponent(() => import('../domains/identity/roles/roles-page.tsx'), 'RolesPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/access',
    component: lazyRouteComponent(() => import('../domains/identity/access-page.tsx'), 'AccessPage'),
  }),
] as const;
