/** A key, or how to come by it when it is its turn: scrypt then has its memory before others are opened. */
export type Given<T> = T | (() => Promise<T>);

export async function given<T>(value: Given<T>): Promise<T> {
  return isAskedFor(value) ? await value() : value;
}

/** Keys are texts, lists and objects, never functions. */
function isAskedFor<T>(value: Given<T>): value is () => Promise<T> {
  return typeof value === 'function';
}
