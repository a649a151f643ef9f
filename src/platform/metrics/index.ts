/** Metrics for Prometheus. */
export { createMetrics, type Metrics } from './metrics.ts';
