/** One tensor as the header describes it. */
export interface TensorFacts {
  readonly name: string;
  readonly dtype: string;
  readonly elements: number;
}
