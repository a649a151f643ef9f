/** The shape of what is known of names and sides of tensors; the data stand in `…-signatures.ts`. */
import type { Tensor } from './tensor-facts.ts';

/** A name, or a name with one side of a certain length. */
export type Mark = RegExp | SidedMark;

export interface SidedMark {
  readonly name: RegExp;
  /** 0 = outermost. */
  readonly axis: number;
  readonly side: number;
}

export interface Signature {
  /** Id of a kind, a base or a variant. */
  readonly is: string;
  /** Each must be found in some tensor. */
  readonly all: readonly Mark[];
  /** How sure many tensors of this sort make, 0–1; below 1 because others may have copied the layout. */
  readonly surety?: number;
  /** Bases whose marks this one carries as well. */
  readonly over?: readonly string[];
}

/** Tensors that differ only in the number of their block. */
export interface TensorGroup extends Tensor {
  readonly count: number;
}

export function side(name: RegExp, axis: number, length: number): SidedMark {
  return { name, axis, side: length };
}

export function carries(mark: Mark, { name, shape }: Tensor): boolean {
  if (mark instanceof RegExp) return mark.test(name);
  return shape[mark.axis] === mark.side && mark.name.test(name);
}

/** More names than any architecture needs to be known by. */
const MOST_GROUPS = 5000;

/** Blocks 0 and 1 stay apart from all later ones, because some layouts are told by them. */
export function groupTensors(tensors: readonly Tensor[]): readonly TensorGroup[] {
  const groups = new Map<string, { name: string; shape: readonly number[]; count: number }>();
  for (const { name, shape } of tensors) {
    const alike = name.replaceAll(/(?<=[._])\d+(?=[._]|$)/g, (digits) =>
      digits.length === 1 && digits < '2' ? digits : '2',
    );
    const key = `${alike} ${shape.join()}`;
    const known = groups.get(key);
    if (known !== undefined) known.count += 1;
    else if (groups.size < MOST_GROUPS) groups.set(key, { name, shape, count: 1 });
  }
  return [...groups.values()];
}
