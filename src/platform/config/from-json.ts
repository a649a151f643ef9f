/** A list written into an environment variable; what is no JSON stays as it is, and the schema says what it expected. */
export function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
