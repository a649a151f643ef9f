/** Prometheus metrics (P-071): one registry per process role; label sets are fixed and bounded. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  counter(name: string, help: string, labels?: readonly string[]): Counter;
  histogram(name: string, help: string, labels?: readonly string[], buckets?: readonly number[]): Histogram;
  /** A gauge whose value is asked for at each scrape. */
  gauge(name: string, help: string, read: () => Promise<number> | number): void;
  /** A gauge with one value per set of labels, asked for at each scrape. */
  labelledGauge(name: string, help: string, labels: readonly string[], read: () => readonly LabelledValue[]): void;
  /** Text exposition format, version 0.0.4. */
  render(): Promise<string>;
  readonly contentType: string;
}

export interface LabelledValue {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    counter: (name, help, labels = []) => new Counter({ name, help, labelNames: [...labels], registers }),
    histogram: (name, help, labels = [], buckets = defaultBuckets) =>
      new Histogram({ name, help, labelNames: [...labels], buckets: [...buckets], registers }),
    gauge: (name, help, read) => {
      const gauge: Gauge = new Gauge({
        name,
        help,
        // Left out, it would go into prom-client's own registry, shared by the whole process.
        registers: [],
        collect: async (): Promise<void> => gauge.set(await read()),
      });
      registry.registerMetric(gauge);
    },
    labelledGauge: (name, help, labels, read) => {
      const gauge: Gauge = new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers: [],
        collect: (): void => {
          gauge.reset();
          for (const one of read()) gauge.set(one.labels, one.value);
        },
      });
      registry.registerMetric(gauge);
    },
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

const defaultBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
