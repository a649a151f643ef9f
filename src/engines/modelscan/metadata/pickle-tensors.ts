/**
 * Tensors of a torch pickle by the dictionaries they are put into. The machine forgets what large dictionaries hold, so
 * this listens while they are filled; names of inner dictionaries come first, as in `ip_adapter.1.to_k_ip.weight`.
 */
import { type CallNode, isNode, numbersOf, type PickleNode, type PickleValue } from '../pickle/pickle-value.ts';
import type { TensorFacts } from './tensor-facts.ts';
import type { TensorRecord } from './tensor-record.ts';

const MOST_DICTIONARIES = 5000;
const MOST_TENSORS = 50_000;
const DEEPEST = 8;
const MOST_NAMES = 100;

interface Dictionary {
  readonly tensors: TensorFacts[];
  readonly names: string[];
  name?: string;
  within?: Dictionary;
}

/** Dictionaries around a model that say nothing about it. */
const wrappers: ReadonlySet<string> = new Set(
  'state_dict model_state_dict model module net network generator params params_ema ema weights model_ema'.split(' '),
);
/** What optimisers keep of each weight. */
const optimiserState: ReadonlySet<string> = new Set(
  'step exp_avg exp_avg_sq max_exp_avg_sq momentum_buffer square_avg'.split(' '),
);

export class PickleTensors {
  readonly #dictionaries = new Map<PickleNode, Dictionary>();
  #tensors = 0;

  /** Pairs of keys and values go into a dictionary. */
  onItems(target: PickleNode, items: readonly PickleValue[]): void {
    for (let index = 0; index + 1 < items.length; index += 2) {
      const value = items[index + 1];
      const key = items[index];
      if (typeof key === 'string') this.#onItem(target, key, value);
    }
  }

  #onItem(target: PickleNode, key: string, value: PickleValue | undefined): void {
    const facts = isNode(value) && value.kind === 'call' ? tensorOf(key, value) : undefined;
    const dictionary = this.#dictionaryAt(target);
    if (dictionary === undefined) return;
    if (facts !== undefined) {
      if (this.#tensors < MOST_TENSORS && !optimiserState.has(key)) dictionary.tensors.push(facts);
      this.#tensors += 1;
      return;
    }
    const inner = isNode(value) ? this.#dictionaries.get(value) : undefined;
    if (inner === undefined) {
      if (dictionary.names.length < MOST_NAMES) dictionary.names.push(key);
    } else if (inner !== dictionary && inner.within === undefined) {
      inner.name = key;
      inner.within = dictionary;
    }
  }

  #dictionaryAt(node: PickleNode): Dictionary | undefined {
    const known = this.#dictionaries.get(node);
    if (known !== undefined || this.#dictionaries.size >= MOST_DICTIONARIES) return known;
    const fresh: Dictionary = { tensors: [], names: [] };
    this.#dictionaries.set(node, fresh);
    return fresh;
  }

  /** Nothing for a pickle without tensors: its words are not a model's. */
  writeTo(record: TensorRecord): void {
    if (this.#tensors === 0) return;
    for (const dictionary of this.#dictionaries.values()) {
      const prefix = prefixOf(dictionary);
      for (const tensor of dictionary.tensors) record.add({ ...tensor, name: `${prefix}${tensor.name}` });
      for (const name of dictionary.names) record.addName(`${prefix}${name}`);
    }
  }
}

/** Bounded, because a pickle may put a dictionary into itself. */
function prefixOf(dictionary: Dictionary): string {
  const names: string[] = [];
  let at: Dictionary | undefined = dictionary;
  for (let depth = 0; depth < DEEPEST && at !== undefined; depth += 1) {
    if (at.name !== undefined && !wrappers.has(at.name)) names.unshift(`${at.name}.`);
    at = at.within;
  }
  return names.join('');
}

const DEEPEST_WRAPPING = 3;

/** A tensor, or a parameter around one; undefined for any other call. */
function tensorOf(name: string, call: CallNode, depth = 0): TensorFacts | undefined {
  if (call.shape !== 'rebuild-tensor' && call.shape !== 'rebuild-from-type') return undefined;
  const [first, second, sides] = call.args;
  if (call.shape === 'rebuild-from-type') {
    const inner = call.args[2];
    if (!isNode(inner) || inner.kind !== 'tuple') return undefined;
    return viewOf(name, inner.items[0], inner.items[2]);
  }
  if (isNode(first) && first.kind === 'call' && depth < DEEPEST_WRAPPING) return tensorOf(name, first, depth + 1);
  return typeof second === 'number' ? viewOf(name, first, sides) : undefined;
}

function viewOf(
  name: string,
  storage: PickleValue | undefined,
  sides: PickleValue | undefined,
): TensorFacts | undefined {
  if (!isNode(storage) || storage.kind !== 'storage') return undefined;
  const shape = numbersOf(sides);
  if (shape === undefined || !shape.every((side) => Number.isSafeInteger(side) && side >= 0)) return undefined;
  const elements = shape.reduce((product, side) => product * side, 1);
  return { name, dtype: storage.storage.type, elements, shape };
}
