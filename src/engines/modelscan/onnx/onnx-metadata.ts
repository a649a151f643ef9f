/** What an ONNX model says about itself. */
export interface OnnxMetadata {
  readonly irVersion: number;
  /** Name and version of the program that wrote it; empty when it does not say. */
  readonly producer: string;
  /** Version of each operator set by its domain; the empty domain is ONNX's own. */
  readonly operatorSets: Readonly<Record<string, number>>;
  /** Different operators used, subgraphs and functions included. */
  readonly operatorTypes: number;
}
