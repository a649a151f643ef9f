/** What every page hangs on: the login, and the frame for people who are logged in. */
import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';

import { sessionQuery } from '../lib/session.ts';
import { FailedPage } from './failed-page.tsx';
import { Layout } from './layout.tsx';
import { loginSearchSchema } from './login-search.ts';
import { MissingPage } from './missing-page.tsx';
import { queryClient } from './query-client.ts';

export const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage, errorComponent: FailedPage });

export const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: loginSearchSchema,
  component: lazyRouteComponent(() => import('./login-page.tsx'), 'LoginPage'),
});

export const loginReturn = createRoute({
  getParentRoute: () => root,
  path: '/login/oidc',
  component: lazyRouteComponent(() => import('./provider-return-page.tsx'), 'ProviderReturnPage'),
});

/** Somebody was logged in on this page: who is led out is told that the session ended. */
let wasInside = false;

/** Everything but the login page is for people who are logged in. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Layout,
  beforeLoad: async ({ location }) => {
    const { caller } = await queryClient.ensureQueryData(sessionQuery);
    if (caller === null) {
      throw redirect({ to: '/login', search: { next: location.href, ...(wasInside ? { ended: true } : {}) } });
    }
    wasInside = true;
    // Whose second factor is missing, or whose password is too old, may do nothing but see to it.
    if (!caller.permissions.includes('account:self') && location.pathname !== '/account')
      throw redirect({ to: '/account' });
  },
});
