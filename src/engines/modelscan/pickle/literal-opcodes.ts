/** Opcodes that push data: numbers, text, bytes. Literals that cannot be names are skipped by their length. */
import { KIB } from '#kernel/units';

import type { OpcodeHandler, PickleMachine } from './pickle-machine.ts';
import { bufferValue, bytesValue, floatValue, longTextValue, numberValue } from './pickle-value.ts';
import { decodeLong, decodeQuoted, decodeRawUnicode, parsePythonInteger } from './text-literals.ts';

/** Longer text is no name of anything importable. */
const NAME_LENGTH = 4 * KIB;
/** Numbers of more bytes than this are kept as "some number". */
const NUMBER_LENGTH = 64;

export const literalOpcodes: readonly (readonly [number, OpcodeHandler])[] = [
  [0x4e, (machine) => machine.push(null)], // NONE
  [0x88, (machine) => machine.push(true)], // NEWTRUE
  [0x89, (machine) => machine.push(false)], // NEWFALSE
  [0x49, pushTextInteger], // INT
  [0x4c, pushTextLong], // LONG
  [0x46, pushTextFloat], // FLOAT
  [0x4b, (machine) => machine.push(machine.reader.byte())], // BININT1
  [0x4d, (machine) => machine.push(machine.reader.uint16())], // BININT2
  [0x4a, (machine) => machine.push(machine.reader.int32())], // BININT
  [0x8a, (machine) => pushLong(machine, machine.reader.byte())], // LONG1
  [0x8b, (machine) => pushLong(machine, machine.reader.int32())], // LONG4
  [0x47, pushFloat], // BINFLOAT
  [0x53, pushQuoted], // STRING
  [0x56, pushRawUnicode], // UNICODE
  [0x55, (machine) => pushText(machine, machine.reader.byte(), 'latin1')], // SHORT_BINSTRING
  [0x54, (machine) => pushText(machine, machine.reader.int32(), 'latin1')], // BINSTRING
  [0x8c, (machine) => pushText(machine, machine.reader.byte(), 'utf8')], // SHORT_BINUNICODE
  [0x58, (machine) => pushText(machine, machine.reader.uint32(), 'utf8')], // BINUNICODE
  [0x8d, (machine) => pushText(machine, machine.reader.uint64(), 'utf8')], // BINUNICODE8
  [0x43, (machine) => pushBytes(machine, machine.reader.byte())], // SHORT_BINBYTES
  [0x42, (machine) => pushBytes(machine, machine.reader.uint32())], // BINBYTES
  [0x8e, (machine) => pushBytes(machine, machine.reader.uint64())], // BINBYTES8
  [0x96, (machine) => pushBytes(machine, machine.reader.uint64())], // BYTEARRAY8
  [0x97, pushBuffer], // NEXT_BUFFER
  [0x98, (machine) => void machine.peek()], // READONLY_BUFFER
];

function pushTextInteger(machine: PickleMachine): void {
  const text = machine.reader.line().text.toString('latin1');
  if (text === '00') machine.push(false);
  else if (text === '01') machine.push(true);
  else machine.push(parsePythonInteger(text) ?? otherNumber(machine, text));
}

function pushTextLong(machine: PickleMachine): void {
  const { text, truncated } = machine.reader.line();
  const digits = text.toString('latin1').replace(/L$/, '');
  machine.push(truncated ? numberValue : (parsePythonInteger(digits) ?? otherNumber(machine, digits)));
}

/** C's strtol takes `0x1f` and `0o17` too; what no reading takes breaks the pickle. */
function otherNumber(machine: PickleMachine, text: string): typeof numberValue {
  if (!/^\s*[+-]?(?:0[xXoObB])?[0-9a-fA-F_]+\s*$/.test(text)) throw machine.broken(`not a number: ${text}`);
  return numberValue;
}

function pushTextFloat(machine: PickleMachine): void {
  const text = machine.reader.line().text.toString('latin1').trim();
  if (!/^[+-]?(?:[\d_.]+(?:e[+-]?\d+)?|inf|infinity|nan)$/i.test(text)) throw machine.broken(`not a number: ${text}`);
  machine.push(floatValue);
}

function pushFloat(machine: PickleMachine): void {
  machine.reader.skip(8);
  machine.push(floatValue);
}

function pushLong(machine: PickleMachine, length: number): void {
  if (length > NUMBER_LENGTH) {
    machine.reader.skip(length);
    machine.push(numberValue);
  } else {
    if (length < 0) throw machine.broken('negative length');
    machine.push(decodeLong(machine.reader.take(length)));
  }
}

function pushQuoted(machine: PickleMachine): void {
  const { text, truncated } = machine.reader.line();
  if (truncated) {
    machine.push(longTextValue);
    return;
  }
  const value = decodeQuoted(text);
  if (value === undefined) throw machine.broken('text without quotes');
  machine.push(value.length > NAME_LENGTH ? longTextValue : value);
}

function pushRawUnicode(machine: PickleMachine): void {
  const { text, truncated } = machine.reader.line();
  machine.push(truncated || text.length > NAME_LENGTH ? longTextValue : decodeRawUnicode(text));
}

function pushText(machine: PickleMachine, length: number, encoding: 'utf8' | 'latin1'): void {
  if (length < 0) throw machine.broken('negative length');
  if (length > NAME_LENGTH) {
    machine.reader.skip(length);
    machine.push(longTextValue);
  } else machine.push(machine.reader.text(length, encoding));
}

function pushBytes(machine: PickleMachine, length: number): void {
  machine.reader.skip(length);
  machine.push(bytesValue(length));
}

function pushBuffer(machine: PickleMachine): void {
  machine.report('pickle-out-of-band', 'NEXT_BUFFER');
  machine.push(bufferValue);
}
