/** A byte of a placed file rots on disk; verification finds it, the vault gives the file back. */
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import type { DemoContext } from './demo-context.ts';

const repairedShape = z.object({
  items: z.array(z.object({ path: z.string(), status: z.string(), source: z.string().nullable() })),
});

export async function damageStep({ kura, stage, home }: DemoContext): Promise<void> {
  await stage.step('a byte rots on disk; find it and heal the file', async () => {
    const victim = await firstModel(path.join(home, 'library'));
    await invertMiddleByte(victim);
    const found = await kura.document(z.unknown(), ['models', 'verify']);
    stage.check('the damaged file is found', found.code === 5);
    const { value } = await kura.document(repairedShape, ['models', 'repair']);
    const again = await kura.document(z.unknown(), ['models', 'verify']);
    stage.check(
      'the damaged file is healed',
      again.code === 0 && value.items.some((item) => item.status === 'repaired'),
    );
    for (const item of value.items) {
      stage.show({
        what: path.relative(home, item.path),
        result: item.status,
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
