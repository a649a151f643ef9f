import './overview-page.css';

import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import type { Permission } from '#platform/contract';

import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { DownloadsTile } from './downloads-tile.tsx';
import { HealthTile } from './health-tile.tsx';
import { KnowledgeTile } from './knowledge-tile.tsx';
import { LibraryTile } from './library-tile.tsx';
import { ProtectionTile } from './protection-tile.tsx';
import { WatchesTile } from './watches-tile.tsx';

export function OverviewPage() {
  const { t } = useTexts();
  return (
    <>
      <PageHeader title={t('overview.title')} lead={t('overview.lead')} />
      <div className="k-overview">
        <Tile title={t('overview.protection')} to="/backups/protection" icon="shield" needs="backups:read">
          <ProtectionTile />
        </Tile>
        <Tile title={t('overview.library')} to="/models/library" icon="library" needs="models:read">
          <LibraryTile />
        </Tile>
        <Tile title={t('overview.downloads')} to="/models/downloads" icon="download" needs="models:read">
          <DownloadsTile />
        </Tile>
        <Tile title={t('overview.watches')} to="/models/watches" icon="clock" needs="models:read">
          <WatchesTile />
        </Tile>
        <Tile title={t('overview.knowledge')} to="/knowledge/search" icon="book" needs="knowledge:read">
          <KnowledgeTile />
        </Tile>
        <Tile title={t('overview.health')} to="/operations/health" icon="pulse" needs="system:read">
          <HealthTile />
        </Tile>
      </div>
    </>
  );
}

interface TileProps {
  readonly title: string;
  readonly to: NonNullable<LinkProps['to']>;
  readonly icon: IconName;
  /** Without it the tile is not there: it could show nothing. */
  readonly needs: Permission;
  readonly children: ReactNode;
}

function Tile({ title, to, icon, needs, children }: TileProps) {
  if (!useMay(needs)) return null;
  return (
    <section className="k-card k-tile">
      <h2>
        <Link to={to}>
          <Icon name={icon} />
          {title}
        </Link>
      </h2>
      {children}
    </section>
  );
}
