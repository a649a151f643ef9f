/** `node test/stand-ins/civitai/main.ts [--port N] [--storage-port N] [--seed S] [--extra-models N] [--models N] [--real-models FOLDER]` */
import { parseArgs } from 'node:util';

import { collectRealModels } from './catalogue/collect-real-models.ts';
import { recordHashes } from './catalogue/record-hashes.ts';
import { startCivitaiSimulator } from './simulator.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'storage-port': { type: 'string', default: '0' },
    seed: { type: 'string', default: 'kura' },
    'extra-models': { type: 'string', default: '0' },
    models: { type: 'string', default: '0' },
    'real-models': { type: 'string' },
    'record-hashes': { type: 'boolean', default: false },
  },
});

if (values['record-hashes']) process.stdout.write(`${await recordHashes()} files recorded\n`);
else await serve();

async function serve(): Promise<void> {
  const cache = values['real-models'];
  const real = cache === undefined ? { models: [], missing: [] } : await collectRealModels(cache);
  const simulator = await startCivitaiSimulator({
    port: Number(values.port),
    storagePort: Number(values['storage-port']),
    seed: values.seed,
    extraModels: Number(values['extra-models']),
    randomModels: Number(values.models),
    realModels: real.models,
  });
  const { url, apiUrl, storageUrl, catalogue } = simulator;
  process.stdout.write(
    `${JSON.stringify({ url, apiUrl, storageUrl, known: catalogue.known, real: catalogue.real, missing: real.missing })}\n`,
  );
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void simulator[Symbol.asyncDispose]());
  }
}
