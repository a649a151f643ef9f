/** The messages of a TensorFlow graph (tensorflow/core/framework/*.proto), as far as they say what runs. */
import { KIB } from '#kernel/units';

import { fieldsOf } from '../protobuf/fields-of.ts';
import { type ProtobufReader, type WireField, wireTypes } from '../protobuf/protobuf-reader.ts';

export interface GraphNode {
  readonly name: string;
  /** Every name given; loaders take the last. */
  readonly operators: readonly string[];
  /** Names of the nodes it takes its values from, in order, without control inputs. */
  readonly inputs: readonly string[];
  /** Texts in its attributes, with the attribute. */
  readonly texts: readonly (readonly [attribute: string, text: string])[];
  readonly offset: number;
}

const LONGEST_NAME = 64 * KIB;
/** Texts of one node: a path is short, a vocabulary is data. */
const LONGEST_TEXT = 4 * KIB;
const MOST_TEXTS = 64;

export function readNode(reader: ProtobufReader, place: WireField): GraphNode {
  const operators: string[] = [];
  const inputs: string[] = [];
  const texts: (readonly [string, string])[] = [];
  let name = '';
  for (const field of fieldsOf(reader, place)) {
    if (field.wire !== wireTypes.bytes) continue;
    if (field.number === 1) name = textOf(reader, field);
    if (field.number === 2) operators.push(textOf(reader, field));
    if (field.number === 3) {
      const input = textOf(reader, field);
      if (!input.startsWith('^')) inputs.push(input.split(':')[0] ?? '');
    }
    if (field.number === 5) texts.push(...readAttribute(reader, field));
  }
  return { name, operators, inputs, texts: texts.slice(0, MOST_TEXTS), offset: place.offset };
}

/** An entry of a map: key and AttrValue. */
function readAttribute(reader: ProtobufReader, entry: WireField): (readonly [string, string])[] {
  let key = '';
  const texts: string[] = [];
  for (const field of fieldsOf(reader, entry)) {
    if (field.wire !== wireTypes.bytes) continue;
    if (field.number === 1) key = textOf(reader, field);
    if (field.number === 2) texts.push(...textsOfValue(reader, field));
  }
  return texts.map((text) => [key, text] as const);
}

const TEXT = 2;
const LIST = 1;
const TENSOR = 8;

function textsOfValue(reader: ProtobufReader, value: WireField): string[] {
  const texts: string[] = [];
  for (const field of fieldsOf(reader, value)) {
    if (field.wire !== wireTypes.bytes) continue;
    if (field.number === TEXT) texts.push(...shortText(reader, field));
    if (field.number === LIST) texts.push(...textsAt(reader, field, TEXT));
    if (field.number === TENSOR) texts.push(...textsAt(reader, field, TENSOR));
  }
  return texts;
}

/** `s` of a list and `string_val` of a tensor. */
function textsAt(reader: ProtobufReader, message: WireField, number: number): string[] {
  const texts: string[] = [];
  for (const field of fieldsOf(reader, message)) {
    if (field.number === number && field.wire === wireTypes.bytes) texts.push(...shortText(reader, field));
    if (texts.length >= MOST_TEXTS) break;
  }
  return texts;
}

function shortText(reader: ProtobufReader, field: WireField): string[] {
  return field.length > LONGEST_TEXT ? [] : [reader.peek(field.start, field.length).toString('utf8')];
}

/** @throws ScanStop when it is longer than any name. */
export function textOf(reader: ProtobufReader, field: WireField): string {
  if (field.length > LONGEST_NAME) throw reader.broken(field.offset, `text of ${field.length} bytes`);
  return reader.peek(field.start, field.length).toString('utf8');
}
