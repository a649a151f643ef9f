/** The JSON of one line or one document; undefined for what is none. For text of others, which a schema judges next. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
