/** One verification of one copy, as it is remembered: the evidence behind the last digit. */
import type { VerificationView } from '../../contract/index.ts';
import type { Reason } from '../runs/run-record.ts';

export interface Verification extends Omit<VerificationView, 'error'> {
  readonly position: number;
  readonly error: Reason | null;
}
