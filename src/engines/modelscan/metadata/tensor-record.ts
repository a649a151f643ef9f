/** What a scan writes down of the tensors it passes; bounded, whatever a file announces. */
import { plainText } from './plain-text.ts';
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
    // A file may announce more than there are numbers for.
    const elements = Number.isSafeInteger(tensor.elements) ? tensor.elements : 0;
    this.count += 1;
    this.parameters += elements;
    this.dtypes.set(tensor.dtype, (this.dtypes.get(tensor.dtype) ?? 0) + elements);
    this.#keep(tensor);
  }

  /** A name that stands in the file without numbers of its own; helps to recognise it. */
  addName(name: string): void {
    this.#keep({ name, dtype: '', elements: 0, shape: [] });
  }

  note(key: string, value: string): void {
    const isShort = value.length <= NOTE_LENGTH && key.length <= NAME_LENGTH;
    if (this.notes.size < KEPT_NOTES && isShort) this.notes.set(plainText(key, NAME_LENGTH), value);
  }

  #keep(tensor: TensorFacts): void {
    if (this.tensors.length >= KEPT_TENSORS || tensor.name.length > NAME_LENGTH) return;
    this.tensors.push({ ...tensor, name: plainText(tensor.name, NAME_LENGTH) });
  }
}
