import './layout.css';

import { AppShell, Burger, FocusTrap } from '@mantine/core';
import { useDisclosure, useHotkeys, useMediaQuery } from '@mantine/hooks';
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

import { Bell } from '../domains/alerts/bell.tsx';
import { useSession } from '../lib/session.ts';
import { useTexts } from '../lib/use-texts.ts';
import { Brand } from './brand.tsx';
import { ForbiddenPage } from './forbidden-page.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Navigation } from './navigation.tsx';
import { mayOpen, permissionOf } from './page-permissions.ts';
import { SchemeSwitch } from './scheme-switch.tsx';
import { useOwnLanguage } from './use-own-language.ts';

export function Layout() {
  const { t } = useTexts();
  const [opened, { toggle, close }] = useDisclosure(false);
  // Below this width the menu covers the page, which then must not be reached behind it.
  const narrow = useMediaQuery('(width < 48em)') ?? false;
  const covered = narrow && opened;
  useHotkeys([['Escape', close]], []);
  useLeaveWithoutSession();
  useOwnLanguage();
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      layout="alt"
      padding={{ base: 'md', md: 'xl' }}
    >
      <a className="k-skip" href="#content">
        {t('shell.skip')}
      </a>
      <AppShell.Header className="k-header">
        <Burger
          opened={opened}
          onClick={toggle}
          hiddenFrom="sm"
          size="sm"
          aria-label={t('shell.menu')}
          aria-expanded={opened}
          aria-controls="navigation"
        />
        <span className="k-header-brand">
          <Brand />
        </span>
        <span className="k-header-tools">
          <Bell />
          <LanguageSwitch />
          <SchemeSwitch />
        </span>
      </AppShell.Header>
      <AppShell.Navbar id="navigation" className="k-navbar" aria-label={t('nav.label')} inert={narrow && !opened}>
        <FocusTrap active={covered}>
          <div className="k-navbar-body">
            <div className="k-navbar-brand k-namako">
              <Brand />
              <Burger
                opened
                onClick={close}
                hiddenFrom="sm"
                size="sm"
                color="currentColor"
                aria-label={t('shell.close-menu')}
              />
            </div>
            <Navigation onNavigate={close} />
          </div>
        </FocusTrap>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className="k-main" inert={covered}>
        <div className="k-page">
          <OpenPage />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

/** A page that the caller may not see is not opened: its questions would all be refused. */
function OpenPage() {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const permissions = useSession()?.caller?.permissions;
  const needed = permissionOf(path);
  // Nobody any more: the guard of the routes is leading to the login page, and nothing else may come between.
  if (permissions !== undefined && needed !== undefined && !mayOpen(path, permissions))
    return <ForbiddenPage permission={needed} />;
  return <Outlet />;
}

/** When the server says that nobody is logged in any more, the guard of the routes decides where to go. */
function useLeaveWithoutSession(): void {
  const router = useRouter();
  const session = useSession();
  const gone = session !== undefined && session.caller === null;
  useEffect(() => {
    if (gone) void router.invalidate();
  }, [gone, router]);
}
