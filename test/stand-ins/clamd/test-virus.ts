/**
 * The harmless file that every scanner calls a virus (EICAR). It is put together here, so that scanners leave this source
 * alone.
 */
export function testVirus(): string {
  return ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$', 'EICAR', '-STANDARD-', 'ANTIVIRUS-TEST-FILE!', '$H+H*'].join('');
}
