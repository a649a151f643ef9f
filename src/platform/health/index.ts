/** Health from probes. */
export { type HealthReport, type Probe, type ProbeResult, type ProbeState, probeHealth } from './health.ts';
