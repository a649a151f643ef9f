/** Health from probes. */
export { type HealthReport, type Probe, type ProbeResult, probeHealth } from './health.ts';
