import './runs.css';

import { type ReportDetail, readReport } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

export function ReportDetails({ runId }: { readonly runId: string }) {
  const query = useRouteQuery(readReport, { params: { runId } });
  return <QueryView query={query}>{(report) => <Details report={report} />}</QueryView>;
}

function Details({ report }: { readonly report: ReportDetail }) {
  const { t } = useTexts();
  const { tool, run, host, code, message, warnings, log, reportedBy, receivedAt } = report;
  const optional = [
    { term: t('backups.reports.hosts'), value: host },
    { term: t('backups.runs.code'), value: code },
    { term: t('backups.runs.message'), value: message },
  ].flatMap(({ term, value }) => (value === null ? [] : [{ term, value }]));
  return (
    <div className="k-proof-findings">
      <Facts
        facts={[
          { term: t('backups.reports.tool'), value: tool },
          { term: t('backups.runs.external'), value: <span className="k-mono">{run}</span> },
          ...optional,
          { term: t('backups.runs.reported-by'), value: reportedBy },
          { term: t('backups.runs.received'), value: <Moment at={receivedAt} /> },
        ]}
      />
      {warnings.length > 0 && (
        <ul>
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {log !== null && (
        <pre className="k-mono k-run-log" tabIndex={0} aria-label={t('backups.runs.log')}>
          {log}
        </pre>
      )}
    </div>
  );
}
