/**
 * A JSON reader (RFC 8259) that hides nothing: repeated keys stay visible, numbers keep their digits, and nothing that
 * `JSON.parse` would quietly merge or round is lost.
 */
import { BriefError } from '../brief-error.ts';

export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject;

export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The exact value of a plain non-negative integer; undefined for `1.0`, `1e3`, `-0` and what is past 2^53. */
  get natural(): number | undefined {
    const value = Number(this.text);
    return /^(?:0|[1-9]\d*)$/.test(this.text) && Number.isSafeInteger(value) ? value : undefined;
  }
}

export class JsonObject {
  /** In the order of the text; a repeated key is there as often as it was written. */
  readonly entries: (readonly [string, JsonValue])[] = [];
  /** The first key that was written twice. */
  repeatedKey: string | undefined;

  get(key: string): JsonValue | undefined {
    return this.entries.find(([name]) => name === key)?.[1];
  }

  /** The same object for a reader that takes the last of repeated keys. */
  get turned(): JsonObject {
    const turned = new JsonObject();
    turned.entries.push(...this.entries.toReversed());
    return turned;
  }
}

export class JsonFault extends BriefError {
  override readonly name = 'JsonFault';
  /** Characters before the fault. */
  readonly position: number;

  constructor(reason: string, position: number) {
    super(reason);
    this.position = position;
  }
}

/** @throws JsonFault when `text` is not one JSON value, or nests deeper than `maximumDepth`. */
export function parseStrictJson(text: string, maximumDepth: number): JsonValue {
  const reader = new JsonReader(text, maximumDepth);
  const value = reader.value(0);
  reader.end();
  return value;
}

export interface ReadJson {
  /** The value; where the text breaks, what was open then, outermost first, with all that was whole inside. */
  readonly values: readonly JsonValue[];
  readonly fault: JsonFault | undefined;
}

/** As Python's loaders read it: with their three words for numbers, and not giving up what stands before a fault. */
export function readLooseJson(text: string, maximumDepth: number): ReadJson {
  const reader = new JsonReader(text, maximumDepth, true);
  const values: JsonValue[] = reader.open;
  try {
    values.push(reader.value(0));
    reader.end();
    return { values, fault: undefined };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { values, fault: error };
  }
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What Python's `json` writes for numbers that JSON does not have. */
const loosePattern = /NaN|-?Infinity|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// A string without escapes or control characters, the ordinary case.
const plainStringPattern = /[\u0020\u0021\u0023-\u005b\u005d-\uffff]*/y;
const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const spacePattern = /[ \t\n\r]*/y;

class JsonReader {
  /** Objects and lists that have begun and not ended. */
  readonly open: JsonValue[] = [];
  readonly #text: string;
  readonly #maximumDepth: number;
  readonly #loose: boolean;
  #position = 0;

  constructor(text: string, maximumDepth: number, loose = false) {
    this.#text = text;
    this.#maximumDepth = maximumDepth;
    this.#loose = loose;
  }

  value(depth: number): JsonValue {
    if (depth > this.#maximumDepth) throw this.#fault(`deeper than ${this.#maximumDepth}`);
    this.#space();
    switch (this.#text[this.#position]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return new JsonNumber(this.#match(this.#loose ? loosePattern : numberPattern, 'a value'));
    }
  }

  end(): void {
    this.#space();
    if (this.#position < this.#text.length) throw this.#fault('something after the value');
  }

  #object(depth: number): JsonObject {
    const object = new JsonObject();
    const keys = new Set<string>();
    this.#position += 1;
    this.#space();
    if (this.#take('}')) return object;
    this.open.push(object);
    do {
      this.#space();
      if (this.#text[this.#position] !== '"') throw this.#fault('a key was expected');
      const key = this.#string();
      this.#space();
      if (!this.#take(':')) throw this.#fault('a colon was expected');
      if (keys.has(key)) object.repeatedKey ??= key;
      keys.add(key);
      object.entries.push([key, this.value(depth + 1)]);
      this.#space();
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#fault('the object does not end');
    this.open.pop();
    return object;
  }

  #array(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    this.#position += 1;
    this.#space();
    if (this.#take(']')) return items;
    this.open.push(items);
    do {
      items.push(this.value(depth + 1));
      this.#space();
    } while (this.#take(','));
    if (!this.#take(']')) throw this.#fault('the list does not end');
    this.open.pop();
    return items;
  }

  #string(): string {
    const start = this.#position;
    this.#position += 1;
    for (;;) {
      this.#match(plainStringPattern, 'text');
      const next = this.#text[this.#position];
      if (next === '"') break;
      if (next !== '\\') throw this.#fault('the text does not end');
      this.#match(escapePattern, 'an escape');
    }
    this.#position += 1;
    const raw = this.#text.slice(start + 1, this.#position - 1);
    return raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
  }

  #word<Value>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#position)) throw this.#fault('a value was expected');
    this.#position += word.length;
    return value;
  }

  #match(pattern: RegExp, what: string): string {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text);
    if (match === null) throw this.#fault(`${what} was expected`);
    this.#position = pattern.lastIndex;
    return match[0];
  }

  #space(): void {
    this.#match(spacePattern, 'space');
  }

  #take(character: string): boolean {
    if (this.#text[this.#position] !== character) return false;
    this.#position += 1;
    return true;
  }

  #fault(reason: string): JsonFault {
    return new JsonFault(reason, this.#position);
  }
}
