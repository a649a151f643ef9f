import { readBackupStatus } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { QueryView } from '../../../ui/query-view.tsx';
import { DigitRow } from '../../backups/verdict/digit-row.tsx';
import { VerdictBadge } from '../../backups/verdict/verdict-badge.tsx';

/** How many jobs are shown before one has to open the page; the worst come first. */
const shown = 3;

export function ProtectionTile() {
  const { t } = useTexts();
  const query = useRouteQuery(readBackupStatus);
  return (
    <QueryView query={query}>
      {({ jobs }) => (
        <div className="k-tile-jobs">
          {jobs.length === 0 && <p>{t('overview.protection.none')}</p>}
          {jobs.slice(0, shown).map((job) => (
            <div key={job.key}>
              <p>
                <strong>{job.title}</strong> <VerdictBadge verdict={job.verdict} />
              </p>
              <DigitRow digits={job.digits} />
            </div>
          ))}
        </div>
      )}
    </QueryView>
  );
}
