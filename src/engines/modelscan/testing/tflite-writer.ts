/** TensorFlow Lite models table by table (FlatBuffers), as small as the format allows. */

export interface TfliteShape {
  /** Custom operators by name; a built-in one is always there. */
  readonly custom?: readonly string[];
  readonly metadata?: readonly string[];
  /** What the one operator points to. */
  readonly operatorIndex?: number;
}

/** A value of a table: a number of four bytes, a text, or a list of tables. */
type Value = number | string | readonly Table[] | undefined;
type Table = readonly Value[];

export function writeTflite({ custom = [], metadata = [], operatorIndex = 0 }: TfliteShape = {}): Buffer {
  const codes: Table[] = [[undefined, undefined, 1, 9], ...custom.map((name): Table => [undefined, name, 1, 32])];
  const graph: Table = [[[undefined, undefined, 0, 'x']], undefined, undefined, [[operatorIndex]], 'main'];
  const model: Table = [3, codes, [graph], 'test', [[undefined]], undefined, metadata.map((name): Table => [name, 0])];
  const parts = new Parts();
  parts.append(Buffer.from('0000000054464c33', 'hex'));
  parts.point(0, parts.table(model));
  return parts.content;
}

class Parts {
  content = Buffer.alloc(0);

  append(bytes: Buffer): number {
    const at = this.content.length;
    this.content = Buffer.concat([this.content, bytes]);
    return at;
  }

  /** Writes the distance to `target` at `place`. */
  point(place: number, target: number): void {
    this.content.writeUInt32LE(target - place, place);
  }

  table(values: Table): number {
    const fields = Buffer.alloc(4 + 2 * values.length);
    fields.writeUInt16LE(fields.length);
    fields.writeUInt16LE(4 + 4 * values.length, 2);
    for (const [index, value] of values.entries())
      if (value !== undefined) fields.writeUInt16LE(4 + 4 * index, 4 + 2 * index);
    const fieldsAt = this.append(fields);
    const at = this.append(Buffer.alloc(4 + 4 * values.length));
    this.content.writeInt32LE(at - fieldsAt, at);
    for (const [index, value] of values.entries()) {
      const place = at + 4 + 4 * index;
      if (typeof value === 'number') this.content.writeUInt32LE(value, place);
      else if (typeof value === 'string') this.point(place, this.#text(value));
      else if (value !== undefined) this.point(place, this.#list(value));
    }
    return at;
  }

  #text(text: string): number {
    const content = Buffer.from(`${text}\0`);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(content.length - 1);
    return this.append(Buffer.concat([length, content]));
  }

  #list(tables: readonly Table[]): number {
    const list = Buffer.alloc(4 + 4 * tables.length);
    list.writeUInt32LE(tables.length);
    const at = this.append(list);
    for (const [index, values] of tables.entries()) this.point(at + 4 + 4 * index, this.table(values));
    return at;
  }
}
