import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { listFindings, listWatches, markFindingsSeen, type WatchFinding } from '#models/contract';

import { api } from '../../../lib/api.ts';
import { routeKey, useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { DownloadButton } from '../downloads/download-button.tsx';

/** What a watch found, last first, with what nobody has seen yet marked. */
export function Findings({ watch }: { readonly watch: string }) {
  const { t } = useTexts();
  const params = { name: watch };
  const may = useMay('models:write');
  const findings = useInfiniteQuery({
    queryKey: routeKey(listFindings, params),
    queryFn: ({ pageParam, signal }) =>
      api.call(listFindings, { params, query: { only: 'all', limit: 50, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
  });
  const seen = useRouteMutation(markFindingsSeen, { stales: [listWatches, listFindings] });
  if (findings.isError) return <ProblemNotice error={findings.error} onRetry={() => void findings.refetch()} />;
  if (findings.data === undefined) return <Waiting />;
  const items = findings.data.pages.flatMap((page) => page.items);
  const [latest] = items;
  if (latest === undefined) return <EmptyNote title={t('models.findings.none')} />;
  return (
    <div className="k-findings-of-watch">
      <ul className="k-plain-list">
        {items.map((finding) => (
          <Finding key={finding.position} finding={finding} />
        ))}
      </ul>
      {findings.hasNextPage && (
        <Button size="compact-sm" variant="default" onClick={() => void findings.fetchNextPage()}>
          {t('models.findings.more')}
        </Button>
      )}
      {may && items.some(({ seenAt }) => seenAt === null) && (
        <Button
          size="compact-sm"
          variant="default"
          loading={seen.isPending}
          onClick={() => seen.mutate({ params, body: { upTo: latest.position } })}
        >
          {t('models.findings.seen')}
        </Button>
      )}
      {seen.isError && <ProblemNotice error={seen.error} />}
    </div>
  );
}

function Finding({ finding }: { readonly finding: WatchFinding }) {
  const { t } = useTexts();
  const { modelId, versionId, name, versionName, type, baseModel, creator } = finding;
  return (
    <li className="k-finding">
      <Link to="/models/catalogue/$modelId" params={{ modelId: String(modelId) }}>
        {name}
      </Link>
      <span>{[versionName, type, baseModel, creator].filter((one) => one !== null && one !== '').join(' · ')}</span>
      {finding.seenAt === null && <StateBadge tone="info" label={t('models.findings.new')} />}
      <Moment at={finding.foundAt} />
      <DownloadButton refs={[`${modelId}@${versionId}`]} name={`${name} ${versionName}`} again={false} />
    </li>
  );
}
