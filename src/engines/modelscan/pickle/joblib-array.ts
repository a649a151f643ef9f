/** joblib writes an array's bytes right after the wrapper's state, inside the pickle (joblib/numpy_pickle.py). */
import type { PickleMachine } from './pickle-machine.ts';
import { isNode, type PickleValue } from './pickle-value.ts';

/** Steps over the array that follows; goes into the pickle that follows for arrays of objects. */
export function skipJoblibArray(machine: PickleMachine, state: PickleValue): void {
  if (!isNode(state) || state.kind !== 'dict') throw machine.broken('array wrapper without state');
  const { entries } = state;
  const itemSize = itemSizeOf(entries.get('dtype'));
  const shape = entries.get('shape');
  if (itemSize === undefined || !isNode(shape) || shape.kind !== 'tuple')
    throw machine.broken('array wrapper without size');
  if (itemSize === 'objects') {
    machine.enterNested();
    return;
  }
  if (typeof entries.get('numpy_array_alignment_bytes') === 'number') machine.reader.skip(machine.reader.byte());
  machine.reader.skip(shape.items.reduce<number>((product, item) => product * dimension(machine, item), itemSize));
}

function dimension(machine: PickleMachine, value: PickleValue): number {
  if (typeof value !== 'number' || value < 0) throw machine.broken('array dimension');
  return value;
}

/** Bytes of one element; structured ones are only asked whether they hold objects, which follow as a pickle. */
function itemSizeOf(dtype: PickleValue | undefined): number | 'objects' | undefined {
  if (!isNode(dtype) || dtype.kind !== 'call') return undefined;
  const [code] = dtype.args;
  if (typeof code !== 'string') return undefined;
  const match = /^[|<>=]?([fiucbSUVMmO?])(\d*)$/.exec(code);
  if (match === null) return undefined;
  if (holdsObjects(dtype)) return 'objects';
  const count = match[2] === '' ? 1 : Number(match[2]);
  return match[1] === 'U' ? count * 4 : count;
}

/** An object itself, by numpy's own mark, or in any field or part of it; parts may be shared, so each is met once. */
function holdsObjects(dtype: PickleValue): boolean {
  const met = new Set<PickleValue>([dtype]);
  for (const part of met) {
    if (!isNode(part)) continue;
    if (part.kind === 'tuple') for (const item of part.items) met.add(item);
    if (part.kind === 'dict') for (const item of part.entries.values()) met.add(item);
    if (part.kind !== 'call') continue;
    const [code] = part.args;
    const { state } = part;
    if (typeof code === 'string' && /^[|<>=]?O/.test(code)) return true;
    if (!isNode(state) || state.kind !== 'tuple') continue;
    const flags = state.items[DTYPE_FLAGS];
    if (typeof flags === 'number' && (flags & HOLDS_REFERENCES) !== 0) return true;
    met.add(state);
  }
  return false;
}

/** `numpy.dtype.__setstate__`: version, order, part, names, fields, size, alignment, flags. */
const DTYPE_FLAGS = 7;
const HOLDS_REFERENCES = 1;
