/** Circuit breakers for what lies outside this process (P-023). */
export {
  type Admission,
  type BreakerState,
  type BreakerView,
  type CallOutcome,
} from './circuit-breaker.ts';
export { breakerProbe, type CircuitBreakers, createCircuitBreakers } from './circuit-breakers.ts';
