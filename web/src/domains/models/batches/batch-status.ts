import type { BatchItemStatus, BatchStatus } from '#models/contract';

import type { Tone } from '../../../ui/state-badge.tsx';

export const batchTones: Readonly<Record<BatchStatus, Tone>> = {
  pending: 'calm',
  processing: 'info',
  paused: 'calm',
  completed: 'ok',
  completed_with_errors: 'warn',
  failed: 'bad',
  cancelled: 'calm',
};

export const itemTones: Readonly<Record<BatchItemStatus, Tone>> = {
  pending: 'calm',
  processing: 'info',
  done: 'ok',
  quarantined: 'bad',
  failed: 'bad',
  cancelled: 'calm',
};

export type BatchStep = 'pause' | 'resume' | 'cancel' | 'retry';

/** What a person may do about a batch in each state; nothing else is offered. */
const steps: Readonly<Record<BatchStatus, readonly BatchStep[]>> = {
  pending: ['pause', 'cancel'],
  processing: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  completed: [],
  completed_with_errors: ['retry'],
  failed: ['retry'],
  cancelled: ['retry'],
};

export function stepsOf(status: BatchStatus): readonly BatchStep[] {
  return steps[status];
}

/** Whether it goes on, by itself or when somebody says so. */
export function isOpen(status: BatchStatus): boolean {
  return status === 'pending' || status === 'processing' || status === 'paused';
}
