import './navigation.css';

import { UnstyledButton } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';

import { closeSession } from '#platform/identity/contract';

import { leaveForGood } from '../lib/leave-for-good.ts';
import { useRouteMutation } from '../lib/route-query.ts';
import { useSession } from '../lib/session.ts';
import { useTexts } from '../lib/use-texts.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import type { en } from './messages/en.ts';
import { mayOpen } from './page-permissions.ts';

type NavText = Extract<keyof typeof en, `nav.${string}`>;
type GroupText = Extract<NavText, `nav.group.${string}`>;

interface Entry {
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: Exclude<NavText, GroupText>;
  readonly icon: IconName;
}

interface Group {
  readonly label?: GroupText;
  readonly entries: readonly Entry[];
}

const allGroups: readonly Group[] = [
  { entries: [{ to: '/', label: 'nav.overview', icon: 'overview' }] },
  {
    label: 'nav.group.models',
    entries: [
      { to: '/models/search', label: 'nav.search', icon: 'search' },
      { to: '/models/watches', label: 'nav.watches', icon: 'clock' },
      { to: '/models/collections', label: 'nav.collections', icon: 'copy' },
      { to: '/models/downloads', label: 'nav.downloads', icon: 'download' },
      { to: '/models/history', label: 'nav.history', icon: 'copy' },
      { to: '/models/library', label: 'nav.library', icon: 'library' },
      { to: '/models/updates', label: 'nav.updates', icon: 'refresh' },
      { to: '/models/scan', label: 'nav.scan', icon: 'shield' },
      { to: '/models/quarantine', label: 'nav.quarantine', icon: 'warning' },
      { to: '/models/civitai', label: 'nav.civitai', icon: 'pulse' },
    ],
  },
  {
    label: 'nav.group.backups',
    entries: [
      { to: '/backups/protection', label: 'nav.protection', icon: 'shield' },
      { to: '/backups/jobs', label: 'nav.backup-jobs', icon: 'copy' },
      { to: '/backups/policies', label: 'nav.policies', icon: 'sliders' },
      { to: '/backups/providers', label: 'nav.providers', icon: 'library' },
      { to: '/backups/media', label: 'nav.media', icon: 'library' },
      { to: '/backups/service-levels', label: 'nav.service-levels', icon: 'check' },
      { to: '/backups/drills', label: 'nav.drills', icon: 'refresh' },
      { to: '/backups/recovery', label: 'nav.recovery', icon: 'shield' },
      { to: '/backups/test-plans', label: 'nav.test-plans', icon: 'clock' },
      { to: '/backups/runs', label: 'nav.backup-runs', icon: 'pulse' },
      { to: '/backups/reports', label: 'nav.reports', icon: 'download' },
      { to: '/backups/tickets', label: 'nav.tickets', icon: 'warning' },
      { to: '/backups/documents', label: 'nav.documents', icon: 'download' },
      { to: '/backups/evidence', label: 'nav.evidence', icon: 'check' },
    ],
  },
  {
    label: 'nav.group.knowledge',
    entries: [{ to: '/knowledge/search', label: 'nav.knowledge', icon: 'book' }],
  },
  {
    label: 'nav.group.operations',
    entries: [
      { to: '/operations/alerts', label: 'nav.alerts', icon: 'bell' },
      { to: '/operations/notifications', label: 'nav.notifications', icon: 'person' },
      { to: '/operations/health', label: 'nav.health', icon: 'pulse' },
      { to: '/operations/availability', label: 'nav.availability', icon: 'clock' },
      { to: '/operations/schedules', label: 'nav.schedules', icon: 'clock' },
      { to: '/operations/audit', label: 'nav.audit', icon: 'shield' },
      { to: '/operations/settings', label: 'nav.settings', icon: 'sliders' },
    ],
  },
  {
    label: 'nav.group.people',
    entries: [
      { to: '/operations/users', label: 'nav.users', icon: 'person' },
      { to: '/operations/roles', label: 'nav.roles', icon: 'shield' },
      { to: '/operations/access', label: 'nav.access', icon: 'key' },
    ],
  },
];

export function Navigation({ onNavigate }: { readonly onNavigate: () => void }) {
  const { t } = useTexts();
  const groups = useOpenGroups();
  return (
    <>
      <div className="k-nav">
        {groups.map(({ label, entries }) => (
          <div key={label ?? 'top'} className="k-nav-group">
            {label !== undefined && <p>{t(label)}</p>}
            <ul className="k-plain-list">
              {entries.map((entry) => (
                <li key={entry.label}>
                  <Link
                    to={entry.to}
                    activeOptions={{ exact: entry.to === '/', includeSearch: false }}
                    onClick={onNavigate}
                  >
                    <Icon name={entry.icon} />
                    {t(entry.label)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <Account onNavigate={onNavigate} />
    </>
  );
}

/** Only what the caller may see, and no heading above nothing. */
function useOpenGroups(): readonly Group[] {
  const permissions = useSession()?.caller?.permissions ?? [];
  return allGroups
    .map(({ entries, ...group }) => ({ ...group, entries: entries.filter(({ to }) => mayOpen(to, permissions)) }))
    .filter(({ entries }) => entries.length > 0);
}

function Account({ onNavigate }: { readonly onNavigate: () => void }) {
  const { t } = useTexts();
  const session = useSession();
  const logout = useRouteMutation(closeSession, {
    onSuccess: ({ providerLogout }) => leaveForGood(providerLogout ?? '/login'),
  });
  return (
    <div className="k-account">
      <span>
        {session?.caller?.name}
        <small>Kura {session?.version}</small>
      </span>
      <Link to="/account" onClick={onNavigate} className="k-logout">
        {t('account.nav')}
      </Link>
      <UnstyledButton onClick={() => logout.mutate({})} disabled={logout.isPending} className="k-logout">
        <Icon name="logout" size={16} />
        {t('nav.logout')}
      </UnstyledButton>
    </div>
  );
}
