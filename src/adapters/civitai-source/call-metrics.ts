/** Counts of what was asked of the site. */
import type { CacheResult, RequestLogEntry } from '#engines/civitai';
import { SECOND } from '#kernel/units';
import type { Metrics } from '#platform/metrics';

export interface CallMetrics {
  exchanged(entry: RequestLogEntry): void;
  cacheRead(result: CacheResult): void;
}

export function callMetrics(metrics: Metrics): CallMetrics {
  const requests = metrics.counter(
    'kura_civitai_requests_total',
    'Requests to the site, by host and class of answer.',
    ['host', 'class'],
  );
  const retries = metrics.counter('kura_civitai_retries_total', 'Requests that are tried again, by host.', ['host']);
  const waited = metrics.counter('kura_civitai_wait_seconds_total', 'Time spent waiting for a turn, by host.', [
    'host',
  ]);
  const reads = metrics.counter('kura_civitai_cache_reads_total', 'Questions by what the stored answers gave.', [
    'result',
  ]);
  return {
    exchanged({ host, status, waitedMs, retryInMs }) {
      requests.inc({ host, class: classOf(status) });
      waited.inc({ host }, waitedMs / SECOND);
      if (retryInMs !== null) retries.inc({ host });
    },
    cacheRead: (result) => reads.inc({ result }),
  };
}

/** A refusal for haste has a class of its own: it is what one looks for. */
function classOf(status: number | null): string {
  if (status === null) return 'none';
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}
