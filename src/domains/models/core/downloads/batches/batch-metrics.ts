/** What operators watch of batches. */
import type { Metrics } from '#platform/metrics';

import type { BatchItemStatus, BatchStatus } from '../../../contract/batch-shapes.ts';

export interface BatchMeasures {
  /** It came to this state: an end, or a pause. */
  moved(status: BatchStatus): void;
  itemEnded(status: BatchItemStatus, networkBytes: number): void;
}

export function createBatchMeasures(metrics: Metrics): BatchMeasures {
  const batches = metrics.counter('kura_models_batches_total', 'States that download jobs came to.', ['status']);
  const items = metrics.counter('kura_models_batch_items_total', 'Files of download jobs that ended, by how.', [
    'result',
  ]);
  const bytes = metrics.counter('kura_models_batch_bytes_total', 'Bytes that download jobs fetched.');
  return {
    moved: (status) => batches.inc({ status }),
    itemEnded(status, networkBytes) {
      items.inc({ result: status });
      bytes.inc(networkBytes);
    },
  };
}
