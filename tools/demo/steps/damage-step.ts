/** A byte of a placed file rots on disk; verification finds it, the vault gives the file back. */
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import type { DemoContext } from './demo-context.ts';

const repairedShape = z.object({ event: z.string(), path: z.string().default(''), source: z.string().nullish() });

export async function damageStep({ kura, stage, home }: DemoContext): Promise<void> {
  await stage.step('a byte rots on disk; find it and heal the file', async () => {
    const victim = await firstModel(path.join(home, 'library'));
    await invertMiddleByte(victim);
    const found = await kura.lines(z.unknown(), ['models', 'verify']);
    stage.check('the damaged file is found', found.code === 5);
    const { value } = await kura.lines(repairedShape, ['models', 'repair']);
    const healed = value.filter((line) => line.event === 'repaired');
    const again = await kura.lines(z.unknown(), ['models', 'verify']);
    stage.check('the damaged file is healed', again.code === 0 && healed.length === 1);
    for (const item of healed) {
      stage.show({
        what: path.relative(home, item.path),
        result: item.event,
        evidence: `one byte inverted on disk; brought back from ${item.source ?? '–'}`,
      });
    }
  });
}

async function firstModel(library: string): Promise<string> {
  const names = await readdir(library, { recursive: true });
  const model = names.toSorted().find((name) => name.endsWith('.safetensors'));
  if (model === undefined) throw new Error('the library holds no safetensors file');
  return path.join(library, model);
}

async function invertMiddleByte(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    const byte = Buffer.alloc(1);
    const position = Math.floor(size / 2);
    await handle.read(byte, 0, 1, position);
    await handle.write(Buffer.from([(byte[0] ?? 0) ^ 0xff]), 0, 1, position);
  } finally {
    await handle.close();
  }
}
