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

/** Bytes of one element of a plain dtype; structured ones are not taken apart. */
function itemSizeOf(dtype: PickleValue | undefined): number | 'objects' | undefined {
  if (!isNode(dtype) || dtype.kind !== 'call') return undefined;
  const [code] = dtype.args;
  if (typeof code !== 'string') return undefined;
  const match = /^[|<>=]?([fiucbSUVMmO?])(\d*)$/.exec(code);
  if (match === null) return undefined;
  if (match[1] === 'O') return 'objects';
  const count = match[2] === '' ? 1 : Number(match[2]);
  return match[1] === 'U' ? count * 4 : count;
}
