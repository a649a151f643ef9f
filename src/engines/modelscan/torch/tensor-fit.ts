/** Tensor views against the storages they look into. */
import type { StorageReference, TensorView } from '../pickle/pickle-value.ts';
import type { Scope } from '../scope.ts';

/** Every view must lie inside its storage: elsewhere it would read memory that is not the tensor's. */
export function checkViews(scope: Scope, views: readonly TensorView[]): void {
  for (const view of views) {
    if (!fits(view)) {
      scope.report('torch-tensor-view', {
        offset: view.position,
        evidence: `${view.key}: ${view.offset} [${view.size.join(', ')}]`,
      });
    }
  }
}

function fits({ offset, size, stride, storageElements }: TensorView): boolean {
  if (size.length !== stride.length || offset < 0) return false;
  if ([...size, ...stride].some((number) => !Number.isSafeInteger(number) || number < 0)) return false;
  if (size.includes(0)) return offset <= storageElements;
  const last = size.reduce((sum, side, axis) => sum + BigInt(side - 1) * BigInt(stride[axis] ?? 0), BigInt(offset));
  return last < BigInt(storageElements);
}

/** Storages by key; two references to one key must agree on its size. */
export function storagesByKey(scope: Scope, references: readonly StorageReference[]): Map<string, StorageReference> {
  const storages = new Map<string, StorageReference>();
  for (const reference of references) {
    const known = storages.get(reference.key);
    if (known !== undefined && storageBytes(known) !== storageBytes(reference)) {
      scope.report('torch-storage', { offset: reference.offset, evidence: `${reference.key}: two sizes` });
    }
    storages.set(reference.key, known ?? reference);
  }
  return storages;
}

export function storageBytes({ elements, itemSize }: StorageReference): number {
  return elements * itemSize;
}
