import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** In a process of its own, so that making the models weighs on no measurement. @throws Error when it fails */
export async function fillCatalogue(url: string, versions: number): Promise<void> {
  const filler = join(import.meta.dirname, '../catalogue.ts');
  const env = { ...process.env, KURA_BENCH_VERSIONS: String(versions) };
  const child = spawn(process.execPath, [...process.execArgv, filler, 'seed', url], { stdio: 'inherit', env });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`filling the catalogue ended with ${String(code)}`);
}
