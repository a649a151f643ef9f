/** JSON bent out of shape: values replaced, removed, wrapped or nulled, keys added and renamed, at random places. */
import * as fc from 'fast-check';

type Path = readonly string[];
/** What becomes of one entry: its new key and value, one more entry beside it, or nothing. */
type Change = (key: string, value: unknown) => readonly (readonly [string, unknown])[];

/** `sample` with one to six changes at any depth; the outermost value stays what it is. */
export function mutatedJson(sample: unknown): fc.Arbitrary<unknown> {
  const step = fc.record({ path: fc.constantFrom(...pathsOf(sample)), change });
  return fc
    .array(step, { minLength: 1, maxLength: 6 })
    .map((steps) =>
      steps.reduce((json, { path, change: bend }) => changeAt(json, path, bend), structuredClone(sample)),
    );
}

const newKey = fc.oneof(
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.constantFrom('__proto__', 'constructor', 'extra', 'next_cursor', 'raw', 'skipped', 'toString'),
);
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, -1, 1e300, '', 'NaN', '2024-13-45', '17', true, [null], {}, [], { meta: { id: 1 } }),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  odd.map(
    (other): Change =>
      (key) => [[key, other]],
  ),
  fc.constant<Change>(() => []),
  fc.constant<Change>((key, value) => [[key, [value]]]),
  fc.constant<Change>((key, value) => [[key, { value }]]),
  newKey.map(
    (name): Change =>
      (_key, value) => [[name, value]],
  ),
  fc.tuple(newKey, odd).map(
    ([name, other]): Change =>
      (key, value) => [
        [key, value],
        [name, other],
      ],
  ),
);

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, entry]) => pathsOf(entry, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function changeAt(json: unknown, [key, ...rest]: Path, bend: Change): unknown {
  if (key === undefined || typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json).flatMap(([name, entry]): readonly (readonly [string, unknown])[] => {
    if (name !== key) return [[name, entry]];
    return rest.length === 0 ? bend(name, entry) : [[name, changeAt(entry, rest, bend)]];
  });
  return Array.isArray(json) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}
