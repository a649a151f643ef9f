import type { CanaryView } from '../../contract/index.ts';

export interface Canary extends CanaryView {
  readonly size: number;
}
