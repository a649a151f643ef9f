/** One tensor as the file describes it; its numbers are never read. */
export interface TensorFacts {
  readonly name: string;
  /** Type of its elements in the words of its format: `F16`, `HalfStorage`, `Q4_K`, `FLOAT16`. */
  readonly dtype: string;
  readonly elements: number;
  /** Outermost side first, whatever the order in the file. */
  readonly shape: readonly number[];
}

/** What recognising needs of a tensor. */
export type Tensor = Pick<TensorFacts, 'name' | 'shape'>;
