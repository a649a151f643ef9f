/** The part of `ast.literal_eval` that array headers use: dictionaries, tuples, lists, text, integers, booleans, None. */
export type PythonLiteral =
  | null
  | boolean
  | number
  | string
  | readonly PythonLiteral[]
  | ReadonlyMap<string, PythonLiteral>;

const tokenPattern =
  /\s*(?:([{}()[\],:])|[uU]?'((?:[^'\\\n]|\\['\\])*)'|[uU]?"((?:[^"\\\n]|\\["\\])*)"|(-?\d+)L?|(True|False|None))/y;

const MAXIMUM_DEPTH = 50;

/** Undefined when `text` is anything but one such literal. */
export function parseLiteral(text: string): PythonLiteral | undefined {
  const reader = new LiteralReader(text);
  try {
    const value = reader.value(0);
    return reader.atEnd ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

class LiteralReader {
  readonly #text: string;
  #position = 0;
  #ahead: RegExpExecArray | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#text.slice(this.#position).trim() === '' && this.#ahead === undefined;
  }

  value(depth: number): PythonLiteral {
    if (depth > MAXIMUM_DEPTH) throw new SyntaxError('too deep');
    const [, mark, single, double, digits, word] = this.#next();
    const quoted = single ?? double;
    if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, '$1');
    if (digits !== undefined) return Number(digits);
    if (word !== undefined) return word === 'None' ? null : word === 'True';
    if (mark === '{') return this.#dictionary(depth);
    if (mark === '(') return this.#items(depth, ')');
    if (mark === '[') return this.#items(depth, ']');
    throw new SyntaxError('no value');
  }

  #items(depth: number, end: string): PythonLiteral[] {
    const items: PythonLiteral[] = [];
    while (!this.#take(end)) {
      items.push(this.value(depth + 1));
      if (!this.#take(',') && this.#peek()?.[1] !== end) throw new SyntaxError('no comma');
    }
    return items;
  }

  #dictionary(depth: number): Map<string, PythonLiteral> {
    const entries = new Map<string, PythonLiteral>();
    while (!this.#take('}')) {
      const key = this.value(depth + 1);
      if (typeof key !== 'string' || entries.has(key) || !this.#take(':')) throw new SyntaxError('key');
      entries.set(key, this.value(depth + 1));
      if (!this.#take(',') && this.#peek()?.[1] !== '}') throw new SyntaxError('no comma');
    }
    return entries;
  }

  #peek(): RegExpExecArray | undefined {
    if (this.#ahead !== undefined) return this.#ahead;
    tokenPattern.lastIndex = this.#position;
    const match = tokenPattern.exec(this.#text);
    if (match === null) return undefined;
    this.#position = tokenPattern.lastIndex;
    this.#ahead = match;
    return match;
  }

  #next(): RegExpExecArray {
    const token = this.#peek();
    if (token === undefined) throw new SyntaxError('no token');
    this.#ahead = undefined;
    return token;
  }

  #take(mark: string): boolean {
    if (this.#peek()?.[1] !== mark) return false;
    this.#ahead = undefined;
    return true;
  }
}
