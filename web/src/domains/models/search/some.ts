/** A list for the address: an empty one is left out. */
export function some<Item>(items: Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
