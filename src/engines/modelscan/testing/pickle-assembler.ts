/** Writes pickles opcode by opcode, the forbidden ones too. */
export type Part = Buffer | string | number;

/** Text is taken as Latin-1, numbers as single bytes. */
export function assemble(...parts: readonly Part[]): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(part, 'latin1');
      return typeof part === 'number' ? Buffer.of(part) : part;
    }),
  );
}

export function proto(version: number): Buffer {
  return Buffer.of(0x80, version);
}

export function shortUnicode(text: string): Buffer {
  const content = Buffer.from(text);
  return Buffer.concat([Buffer.of(0x8c, content.length), content]);
}

export function binUnicode(text: string): Buffer {
  const content = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from('X'), length, content]);
}

export function global(module: string, name: string): Buffer {
  return Buffer.from(`c${module}\n${name}\n`);
}

/** One argument in a tuple. */
export function oneArgument(text: string): Buffer {
  return assemble(binUnicode(text), 0x85);
}

export const STACK_GLOBAL = 0x93;

/** `os.system('id')` as the simplest malicious pickle. */
export function maliciousPickle(): Buffer {
  return assemble(proto(2), global('os', 'system'), oneArgument('id'), 'R.');
}

export function harmlessPickle(): Buffer {
  return assemble(proto(2), ']', 'K', 1, 'a.');
}
