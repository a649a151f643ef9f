/** NumPy archives: a stored zip of `.npy` members (format 1.0, little-endian float32). */
import { type Content, joined, keystream, literal } from './content.ts';
import { zipArchive } from './zip.ts';

export function npz(key: string, arrays: Readonly<Record<string, readonly number[]>>): Content {
  return zipArchive(
    Object.entries(arrays).map(([name, shape]) => ({ name: `${name}.npy`, content: npy(`${key}/${name}`, shape) })),
  );
}

function npy(key: string, shape: readonly number[]): Content {
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sides}), }`;
  const total = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const head = Buffer.alloc(total, 0x20);
  head.write('\x93NUMPY\x01\x00', 0, 'latin1');
  head.writeUInt16LE(total - 10, 8);
  head.write(dictionary, 10, 'latin1');
  head[total - 1] = 0x0a;
  return joined([
    literal(head),
    keystream(
      key,
      shape.reduce((product, side) => product * side, 4),
    ),
  ]);
}
