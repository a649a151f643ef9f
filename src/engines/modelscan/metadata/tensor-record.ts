/** What a scan writes down of the tensors it passes; bounded, whatever a file announces. */
import type { TensorFacts } from './tensor-facts.ts';

/** Names are kept of so many tensors; the sums go on. */
const KEPT_TENSORS = 50_000;
const KEPT_NOTES = 300;
const NOTE_LENGTH = 2 ** 20;
const NAME_LENGTH = 256;

export class TensorRecord {
  readonly tensors: TensorFacts[] = [];
  /** What the file says about itself: metadata of safetensors, `general.*` of GGUF, properties of ONNX. */
  readonly notes = new Map<string, string>();
  /** Elements by type. */
  readonly dtypes = new Map<string, number>();
  count = 0;
  parameters = 0;

  add(tensor: TensorFacts): void {
    this.count += 1;
    this.parameters += tensor.elements;
    this.dtypes.set(tensor.dtype, (this.dtypes.get(tensor.dtype) ?? 0) + tensor.elements);
    if (this.tensors.length < KEPT_TENSORS && tensor.name.length <= NAME_LENGTH) this.tensors.push(tensor);
  }

  /** A name that stands in the file without numbers of its own; helps to recognise it. */
  addName(name: string): void {
    if (this.tensors.length < KEPT_TENSORS && name.length <= NAME_LENGTH)
      this.tensors.push({ name, dtype: '', elements: 0, shape: [] });
  }

  note(key: string, value: string): void {
    if (this.notes.size < KEPT_NOTES && value.length <= NOTE_LENGTH) this.notes.set(key, value);
  }
}
