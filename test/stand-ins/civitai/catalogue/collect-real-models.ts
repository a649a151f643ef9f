/** Fetches a few models made by real tools, so that tests also meet files that we did not write ourselves. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { RealModel } from './real-models.ts';

export interface CollectOptions {
  readonly signal?: AbortSignal;
  /** Commands to use instead of `npm` and `python3`. */
  readonly commands?: { readonly npm?: string; readonly python?: string };
}

export interface CollectedModels {
  readonly models: readonly RealModel[];
  /** What could not be had, and why; never a reason to fail. */
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

const run = promisify(execFile);
const vadPackage = '@ricky0123/vad-web@0.0.31';

/**
 * Silero VAD (ONNX, from an npm package) and, where Python has torch, a state dict as `torch.save` writes it today and
 * in the legacy form. What `cacheDir` already holds is not fetched again.
 */
export async function collectRealModels(cacheDir: string, options: CollectOptions = {}): Promise<CollectedModels> {
  await mkdir(cacheDir, { recursive: true });
  const attempts = [
    { name: 'Silero VAD', collect: () => collectOnnx(cacheDir, options) },
    { name: 'Torch state dict', collect: () => collectTorch(cacheDir, options) },
  ];
  const models: RealModel[] = [];
  const missing: { name: string; reason: string }[] = [];
  for (const { name, collect } of attempts) {
    try {
      models.push(...(await collect()));
    } catch (error) {
      options.signal?.throwIfAborted();
      missing.push({ name, reason: error instanceof Error ? error.message.trim() : String(error) });
    }
  }
  return { models, missing };
}

async function collectOnnx(cacheDir: string, options: CollectOptions): Promise<RealModel[]> {
  const unpacked = join(cacheDir, 'vad-web');
  if (!existsSync(unpacked)) await unpackOnnx(cacheDir, unpacked, options);
  const found = (await readdir(unpacked)).filter((name) => name.endsWith('.onnx')).sort();
  if (found.length === 0) throw new Error(`${vadPackage} holds no .onnx file`);
  return found.map((name) => ({
    path: join(unpacked, name),
    name: `Silero VAD (${name.replace('.onnx', '')})`,
    type: 'Other',
    creator: 'silero',
    tags: ['audio', 'voice activity', 'onnx'],
    description: `<p>Voice activity detection, MIT licence, from the npm package ${vadPackage}.</p>`,
  }));
}

async function unpackOnnx(cacheDir: string, target: string, options: CollectOptions): Promise<void> {
  const limits = { timeout: 120_000, ...(options.signal === undefined ? {} : { signal: options.signal }) };
  const npm = options.commands?.npm ?? 'npm';
  const { stdout } = await run(npm, ['pack', vadPackage, '--silent', '--pack-destination', cacheDir], limits);
  const archive = join(cacheDir, stdout.trim().split('\n').at(-1) ?? '');
  const staging = `${target}.part`;
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  await run(
    'tar',
    ['-xzf', archive, '-C', staging, '--strip-components=2', '--wildcards', 'package/dist/*.onnx'],
    limits,
  );
  await rm(archive, { force: true });
  await rename(staging, target);
}

const torchScript = `
import os, sys, torch
state = {"weight": torch.arange(4096, dtype=torch.float32).reshape(64, 64), "bias": torch.zeros(64)}
torch.save({"state_dict": state, "epoch": 3}, sys.argv[1] + ".tmp")
torch.save({"state_dict": state, "epoch": 3}, sys.argv[2] + ".tmp", _use_new_zipfile_serialization=False)
for path in sys.argv[1:]:
    os.replace(path + ".tmp", path)
`;

async function collectTorch(cacheDir: string, options: CollectOptions): Promise<RealModel[]> {
  const paths = [join(cacheDir, 'torch-state.pt'), join(cacheDir, 'torch-state-legacy.ckpt')];
  if (!paths.every((path) => existsSync(path))) {
    await runTorchScript(paths, options);
  }
  return paths.map((path, index) => ({
    path,
    name: index === 0 ? 'Torch State Dict' : 'Torch State Dict (legacy)',
    type: 'Other',
    creator: 'torch',
    tags: ['torch', 'pickle'],
  }));
}

/** Debian installs torch for its own Python, which need not be the first on the PATH. */
async function runTorchScript(paths: readonly string[], options: CollectOptions): Promise<void> {
  const limits = { timeout: 120_000, ...(options.signal === undefined ? {} : { signal: options.signal }) };
  const pythons = options.commands?.python === undefined ? ['python3', '/usr/bin/python3'] : [options.commands.python];
  const failures: string[] = [];
  for (const python of pythons) {
    try {
      await run(python, ['-c', torchScript, ...paths], limits);
      return;
    } catch (error) {
      options.signal?.throwIfAborted();
      failures.push(error instanceof Error ? error.message.trim() : String(error));
    }
  }
  throw new Error(failures.join('; '));
}
