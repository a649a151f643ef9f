/** numpy's array files (numpy/lib/format.py): magic, version, a literal header, then exactly the numbers it announces. */
import { type ByteSource, sliceSource } from '../byte-source.ts';
import { guessPickle, scanPickle } from '../pickle/scan-pickle.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { type PythonLiteral, parseLiteral } from './python-literal.ts';

const MAGIC_LENGTH = 6;

export async function scanNpy(scope: Scope, source: ByteSource): Promise<void> {
  const header = readHeader(scope, source);
  const fields = header.value instanceof Map ? header.value : undefined;
  if (fields === undefined || fields.size !== 3) throw broken('header fields');
  const itemSize = sizeOf(scope, fields.get('descr'), sliceSource(source, header.end, source.size - header.end));
  const shape = fields.get('shape');
  if (!Array.isArray(shape) || typeof fields.get('fortran_order') !== 'boolean') throw broken('shape or order');
  if (itemSize === 'objects') {
    await scanPickle(scope, sliceSource(source, header.end, source.size - header.end));
    return;
  }
  const expected = shape.reduce<bigint>((product, side) => product * dimension(side), BigInt(itemSize));
  if (expected !== BigInt(source.size - header.end))
    throw broken(`${expected} bytes expected, ${source.size - header.end} there`);
}

/** numpy takes more spellings of types than are read here: behind an unknown one may stand objects. */
function sizeOf(scope: Scope, descr: PythonLiteral | undefined, data: ByteSource): number | 'objects' {
  try {
    return dtypeSize(descr);
  } catch (error) {
    if (!(error instanceof ScanStop) || guessPickle(data, scope.context.limits).imports === 0) throw error;
    scope.report(error.rule, error.details);
    return 'objects';
  }
}

interface Header {
  readonly value: PythonLiteral;
  readonly end: number;
}

function readHeader(scope: Scope, source: ByteSource): Header {
  const head = source.read(0, MAGIC_LENGTH + 6);
  const major = head[MAGIC_LENGTH] ?? 0;
  if (head.length < MAGIC_LENGTH + 6 || major < 1 || major > 3 || head[MAGIC_LENGTH + 1] !== 0)
    throw broken(`version ${major}`);
  const wide = major > 1;
  const length = wide ? head.readUInt32LE(MAGIC_LENGTH + 2) : head.readUInt16LE(MAGIC_LENGTH + 2);
  const start = MAGIC_LENGTH + (wide ? 6 : 4);
  if (length > scope.context.limits.npyHeader || start + length > source.size)
    throw broken(`header of ${length} bytes`);
  const value = parseLiteral(source.read(start, length).toString(major === 3 ? 'utf8' : 'latin1'));
  if (value === undefined) throw broken('header is no literal');
  return { value, end: start + length };
}

function dimension(side: PythonLiteral): bigint {
  if (typeof side !== 'number' || !Number.isSafeInteger(side) || side < 0) throw broken('dimension');
  return BigInt(side);
}

/** Bytes of one element; objects anywhere inside mean that a pickle follows instead of numbers. */
function dtypeSize(descr: PythonLiteral | undefined): number | 'objects' {
  if (typeof descr === 'string') return codeSize(descr);
  if (!Array.isArray(descr) || descr.length === 0) throw broken('dtype');
  const sizes = descr.map(fieldSize);
  if (sizes.includes('objects')) return 'objects';
  return sizes.reduce<number>((sum, size) => sum + (typeof size === 'number' ? size : 0), 0);
}

function fieldSize(field: PythonLiteral): number | 'objects' {
  if (!Array.isArray(field) || field.length < 2 || field.length > 3) throw broken('dtype field');
  const size = dtypeSize(field[1]);
  const shape = field[2] ?? [];
  const sides = Array.isArray(shape) ? shape : [shape];
  if (size === 'objects') return size;
  const total = sides.reduce<bigint>((product, side) => product * dimension(side), BigInt(size));
  if (total > BigInt(Number.MAX_SAFE_INTEGER)) throw broken('dtype field size');
  return Number(total);
}

const unitSizes: ReadonlyMap<string, number> = new Map([
  ['U', 4],
  ['?', 1],
]);

function codeSize(code: string): number | 'objects' {
  const match = /^[|<>=]?([biufcmMSaUV?O])(\d{0,9})(?:\[[\w/]{1,20}\])?$/.exec(code);
  if (match === null) {
    // numpy takes many spellings of the object type; whatever is not a plain code may be one of them.
    if (/obj|pickle|\bo/i.test(code)) return 'objects';
    throw broken(`dtype ${code}`);
  }
  if (match[1] === 'O') return 'objects';
  if (match[2] === '') return unitSizes.get(match[1] ?? '') === 1 ? 1 : unsized(code);
  return Number(match[2]) * (unitSizes.get(match[1] ?? '') ?? 1);
}

function unsized(code: string): never {
  throw broken(`dtype ${code} without a size`);
}

function broken(evidence: string): ScanStop {
  return new ScanStop('npy-broken', { evidence });
}
