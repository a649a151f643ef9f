import type { MessageParams } from '#kernel/errors';

/** Why something is believed: key and parameters of a sentence in `modelscanMessages`. */
export interface FactReason {
  readonly code: string;
  readonly params: MessageParams;
}

export interface Judgement {
  readonly id: string;
  /** 0–1 in hundredths; grows with the number of tensors that speak for it, and never reaches 1. */
  readonly confidence: number;
  readonly reasons: readonly FactReason[];
}

export function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
