/** Every page of the UI and its address. The server answers exactly these prefixes with index.html. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { z } from 'zod';

import { userSearchSchema } from '../domains/identity/users/user-search.ts';
import { knowledgeSearchSchema } from '../domains/knowledge/search/knowledge-search.ts';
import { batchSearchSchema } from '../domains/models/batches/batch-search.ts';
import { modelSearchSchema } from '../domains/models/search/model-search.ts';
import { sessionQuery } from '../lib/session.ts';
import { Waiting } from '../ui/query-view.tsx';
import { FailedPage } from './failed-page.tsx';
import { Layout } from './layout.tsx';
import { loginSearchSchema } from './login-search.ts';
import { MissingPage } from './missing-page.tsx';
import { queryClient } from './query-client.ts';

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage, errorComponent: FailedPage });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: loginSearchSchema,
  component: lazyRouteComponent(() => import('./login-page.tsx'), 'LoginPage'),
});

/** Somebody was logged in on this page: who is led out is told that the session ended. */
let wasInside = false;

/** Everything but the login page is for people who are logged in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Layout,
  beforeLoad: async ({ location }) => {
    const { caller } = await queryClient.ensureQueryData(sessionQuery);
    if (caller === null) {
      throw redirect({ to: '/login', search: { next: location.href, ...(wasInside ? { ended: true } : {}) } });
    }
    wasInside = true;
    // Whose role asks for a second factor that is missing may do nothing but set it up.
    if (!caller.permissions.includes('account:self') && location.pathname !== '/account')
      throw redirect({ to: '/account' });
  },
});

const overview = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('../domains/operations/overview/overview-page.tsx'), 'OverviewPage'),
});

const models = [
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

const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: lazyRouteComponent(() => import('../domains/account/account-page.tsx'), 'AccountPage'),
});

const protection = createRoute({
  getParentRoute: () => inside,
  path: '/backups/protection',
  component: lazyRouteComponent(() => import('../domains/backups/verdict/protection-page.tsx'), 'ProtectionPage'),
});

const knowledge = [
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/search',
    validateSearch: knowledgeSearchSchema,
    component: lazyRouteComponent(() => import('../domains/knowledge/search/knowledge-page.tsx'), 'KnowledgePage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/new',
    component: lazyRouteComponent(() => import('../domains/knowledge/entries/new-entry-page.tsx'), 'NewEntryPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/entries/$id',
    component: lazyRouteComponent(() => import('../domains/knowledge/entries/entry-page.tsx'), 'EntryPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/entries/$id/edit',
    component: lazyRouteComponent(() => import('../domains/knowledge/entries/edit-entry-page.tsx'), 'EditEntryPage'),
  }),
] as const;

const operations = [
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
    path: '/operations/schedules',
    component: lazyRouteComponent(() => import('../domains/operations/schedules/schedules-page.tsx'), 'SchedulesPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/operations/settings',
    component: lazyRouteComponent(() => import('../domains/operations/settings/settings-page.tsx'), 'SettingsPage'),
  }),
] as const;

const people = [
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

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    inside.addChildren([overview, account, ...models, protection, ...knowledge, ...operations, ...people]),
  ]),
  defaultPendingComponent: Waiting,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
