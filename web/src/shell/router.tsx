/** Every page of the UI and its address. The server answers exactly these prefixes with index.html. */
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';

import { askSearchSchema } from '../domains/knowledge/asking/ask-search.ts';
import { printSearchSchema } from '../domains/knowledge/exchange/print-search.ts';
import { faqSearchSchema } from '../domains/knowledge/faq/faq-search.ts';
import { knowledgeSearchSchema } from '../domains/knowledge/search/knowledge-search.ts';
import { Waiting } from '../ui/query-view.tsx';
import { backupPages } from './backup-pages.ts';
import { inside, login, loginReturn, root } from './base-routes.tsx';
import { mediaPages } from './media-pages.ts';
import { modelPages } from './model-pages.ts';
import { operationsPages, peoplePages } from './operations-pages.ts';

const overview = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('../domains/operations/overview/overview-page.tsx'), 'OverviewPage'),
});

const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: lazyRouteComponent(() => import('../domains/account/account-page.tsx'), 'AccountPage'),
});

const device = createRoute({
  getParentRoute: () => inside,
  path: '/device',
  component: lazyRouteComponent(() => import('../domains/account/device-page.tsx'), 'DevicePage'),
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
    path: '/knowledge/unanswered',
    component: lazyRouteComponent(
      () => import('../domains/knowledge/unanswered/unanswered-page.tsx'),
      'UnansweredPage',
    ),
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
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/ask',
    validateSearch: askSearchSchema,
    component: lazyRouteComponent(() => import('../domains/knowledge/asking/ask-page.tsx'), 'AskPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/conversations/$id',
    component: lazyRouteComponent(
      () => import('../domains/knowledge/asking/conversation-page.tsx'),
      'ConversationPage',
    ),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/faq',
    validateSearch: faqSearchSchema,
    component: lazyRouteComponent(() => import('../domains/knowledge/faq/faq-page.tsx'), 'FaqPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/dialogues',
    component: lazyRouteComponent(() => import('../domains/knowledge/dialogues/dialogues-page.tsx'), 'DialoguesPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/dialogues/$id',
    component: lazyRouteComponent(() => import('../domains/knowledge/dialogues/dialogue-page.tsx'), 'DialoguePage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/entries/$id/history',
    component: lazyRouteComponent(() => import('../domains/knowledge/history/history-page.tsx'), 'HistoryPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/upkeep',
    component: lazyRouteComponent(() => import('../domains/knowledge/upkeep/upkeep-page.tsx'), 'UpkeepPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/print',
    validateSearch: printSearchSchema,
    component: lazyRouteComponent(() => import('../domains/knowledge/exchange/print-page.tsx'), 'PrintPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/duplicates',
    component: lazyRouteComponent(
      () => import('../domains/knowledge/duplicates/duplicates-page.tsx'),
      'DuplicatesPage',
    ),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/usage',
    component: lazyRouteComponent(() => import('../domains/knowledge/usage/usage-page.tsx'), 'UsagePage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/tags',
    component: lazyRouteComponent(() => import('../domains/knowledge/tags/tags-page.tsx'), 'TagsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/removed',
    component: lazyRouteComponent(() => import('../domains/knowledge/removed/removed-page.tsx'), 'RemovedPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/watched',
    component: lazyRouteComponent(() => import('../domains/knowledge/watches/watched-page.tsx'), 'WatchedPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/knowledge/system-feedback',
    component: lazyRouteComponent(
      () => import('../domains/knowledge/system-feedback/system-feedback-page.tsx'),
      'SystemFeedbackPage',
    ),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    loginReturn,
    inside.addChildren([
      overview,
      account,
      device,
      ...modelPages,
      ...backupPages,
      ...mediaPages,
      ...knowledge,
      ...operationsPages,
      ...peoplePages,
    ]),
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
