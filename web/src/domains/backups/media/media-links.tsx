import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../lib/use-texts.ts';

const pages = [
  { to: '/backups/media', label: 'media.title' },
  { to: '/backups/media/rotation', label: 'media.rotation.title' },
  { to: '/backups/media/loans', label: 'media.loans.title' },
  { to: '/backups/media/places', label: 'media.places.title' },
  { to: '/backups/media/scan', label: 'media.scan.title' },
] as const;

/** The pages about offline media, beside each other. */
export function MediaLinks() {
  const { t } = useTexts();
  return (
    <nav aria-label={t('media.pages')} className="k-media-actions">
      {pages.map(({ to, label }) => (
        <Link key={to} to={to} activeOptions={{ exact: true }}>
          {t(label)}
        </Link>
      ))}
    </nav>
  );
}
