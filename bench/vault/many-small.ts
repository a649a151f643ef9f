/** Very many small files: what the memory of our three operations grows to, and an unchanged run beside restic's. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from '../harness/measure.ts';
import { compare } from '../harness.ts';
import { dropCaches } from './cold-cache.ts';
import { seeded } from './prose.ts';
import type { Tool } from './tools.ts';

const FILES_PER_FOLDER = 500;

export async function writeManySmall(folder: string, count: number): Promise<void> {
  const random = seeded(3);
  for (let index = 0; index < count; index += 1) {
    const parent = join(
      folder,
      `d${Math.floor(index / FILES_PER_FOLDER / 100)}`,
      `d${Math.floor(index / FILES_PER_FOLDER)}`,
    );
    if (index % FILES_PER_FOLDER === 0) await mkdir(parent, { recursive: true });
    const length = Math.floor(random() * 24);
    await writeFile(
      join(parent, `f${index}.json`),
      `{"id":${index},"values":[${'0.125,'.repeat(length)}${random()}]}\n`,
    );
  }
}

export async function measureManySmall(tools: readonly Tool[], count: number, folder: string): Promise<void> {
  for (const tool of tools) await tool.init();
  const target = join(folder, 'many-restored');
  const works: Readonly<Record<string, (tool: Tool) => Command | Promise<Command>>> = {
    'First backup': (tool) => tool.backup,
    'Unchanged run': (tool) => tool.backup,
    'Verify by reading': (tool) => tool.verify,
    async Restore(tool) {
      const place = join(target, tool.name.replace(' ', '-'));
      await mkdir(place, { recursive: true });
      return tool.restore(place);
    },
  };
  for (const [title, work] of Object.entries(works)) {
    const contenders = [];
    for (const tool of tools) {
      const { name, version } = tool;
      contenders.push({ name, version, work: await work(tool), prepare: async () => void (await dropCaches()) });
    }
    const area = `many-${title.toLowerCase().replaceAll(' ', '-')}`;
    const results = join(folder, 'results');
    await compare({
      area,
      title: `${title}, ${count} small files`,
      unit: 'file',
      units: count,
      contenders,
      rounds: 1,
      warmUp: false,
      results,
    });
  }
}
