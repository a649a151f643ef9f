/** JSON bent out of shape: values replaced by others or removed at random places. */
import * as fc from 'fast-check';

type Path = readonly string[];

/** `sample` with one to six of its values, at any depth, replaced by any JSON value or removed. */
export function mutatedJson(sample: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(sample);
  const change = fc.record({
    path: fc.constantFrom(...paths),
    value: fc.option(
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(-1, 1e300, '', 'NaN', '2024-13-45', [null])),
      {
        nil: undefined,
      },
    ),
  });
  return fc
    .array(change, { minLength: 1, maxLength: 6 })
    .map((changes) => changes.reduce((json, { path, value }) => replaceAt(json, path, value), structuredClone(sample)));
}

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, entry]) => pathsOf(entry, [...path, key]));
  return path.length === 0 ? inner : [path, ...inner];
}

function replaceAt(json: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json))
    return json.map((entry, index) => (String(index) === key ? replaceAt(entry, rest, value) : entry));
  const entries = Object.entries(json).map(([name, entry]) => [
    name,
    name === key ? replaceAt(entry, rest, value) : entry,
  ]);
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined));
}
