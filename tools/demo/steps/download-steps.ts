/** Search, plan, download several real files – one corrupted on the way, one malicious – and verify them all. */
import { z } from 'zod';

import type { KnownFile, SimulatorProcess } from '../simulator-process.ts';
import type { DemoContext } from './demo-context.ts';

const foundShape = z.object({
  items: z.array(z.object({ modelId: z.number(), name: z.string(), type: z.string() })),
  stages: z.array(z.object({ filter: z.string(), in: z.number(), out: z.number() })),
});
const gotShape = z.object({
  ref: z.string(),
  status: z.string(),
  path: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  sha256: z.string().nullable(),
  verdict: z.string().nullable(),
  reason: z.unknown().optional(),
});
const eventShape = z.object({ event: z.string(), items: z.array(gotShape).optional() });
const verifiedShape = z.object({
  event: z.string(),
  files: z.number().optional(),
  damaged: z.number().optional(),
  missing: z.number().optional(),
});

type Found = z.output<typeof foundShape>;
type GotItem = z.output<typeof gotShape>;

const wanted = ['lora', 'torchCheckpoint', 'gguf', 'vae', 'japaneseLora'] as const;

export async function downloadSteps(demo: DemoContext & { readonly simulator: SimulatorProcess }): Promise<void> {
  const { stage, kura, simulator } = demo;
  await searchStep(demo, ['models', 'search', '--type', 'LORA', '--limit', '5']);
  const { known, real } = simulator;
  const files = [...wanted.map((role) => pick(known, role)), ...real];
  const corrupted = pick(known, 'repairable');
  const malicious = pick(known, 'maliciousPickle');

  const items = await stage.step(
    `download ${files.length + 2} files: one corrupted on the way, one malicious`,
    async () => {
      await simulator.flipOnce(corrupted, Math.floor(corrupted.sizeBytes / 2));
      const refs = [...files, corrupted, malicious].map((file) => `${file.modelId}@${file.versionId}`);
      return done((await kura.lines(eventShape, ['models', 'get', ...refs])).value);
    },
  );
  for (const item of items)
    showItem(demo, item, refOf(corrupted) === item.ref ? 'corrupted on the way, fetched again' : '');

  const placed = items.filter((item) => item.status === 'placed');
  stage.check('every harmless file was placed', placed.length === files.length + 1);
  stage.check(
    'the corrupted download was repaired',
    placed.some((item) => item.ref === refOf(corrupted)),
  );
  stage.check(
    'the malicious pickle is in quarantine',
    items.some((item) => item.ref === refOf(malicious) && item.status === 'quarantined'),
  );
  await verifyStep(demo, placed.length);
}

/** With `--live`: whatever CivitAI lists as the most downloaded small LoRA today. */
export async function liveDownloadStep(demo: DemoContext): Promise<void> {
  const found = await searchStep(demo, [
    'models',
    'search',
    '--type',
    'LORA',
    '--sort',
    'Most Downloaded',
    '--limit',
    '3',
  ]);
  const items = await demo.stage.step('download one of them from CivitAI', async () => {
    const refs = found.items.slice(0, 1).map((item) => String(item.modelId));
    return done((await demo.kura.lines(eventShape, ['models', 'get', ...refs])).value);
  });
  for (const item of items) showItem(demo, item, '');
  demo.stage.check(
    'a file was placed',
    items.some((item) => item.status === 'placed'),
  );
}

async function searchStep({ stage, kura }: DemoContext, args: readonly string[]): Promise<Found> {
  return stage.step(`kura ${args.join(' ')}`, async () => {
    const { value } = await kura.document(foundShape, args);
    const path = value.stages.map((one) => `${one.filter} ${one.in}→${one.out}`).join(', ');
    stage.check('the search found something', value.items.length > 0);
    stage.show({ what: 'search', result: `${value.items.length} models`, evidence: path });
    return value;
  });
}

async function verifyStep({ stage, kura }: DemoContext, expected: number): Promise<void> {
  await stage.step('read every placed file again and compare its hashes', async () => {
    const { code, value } = await kura.lines(verifiedShape, ['models', 'verify']);
    const { files = 0, damaged = 0, missing = 0 } = value.find((line) => line.event === 'done') ?? {};
    stage.check('all placed files hold their hashes', code === 0 && files === expected && damaged + missing === 0);
    stage.show({
      what: 'library',
      result: `${files} files read, ${damaged + missing} damaged`,
      evidence: 'kura models verify',
    });
  });
}

function showItem({ stage, home }: DemoContext, item: GotItem, note: string): void {
  const name = item.path === null ? item.ref : item.path.replace(`${home}/`, '');
  const facts = [
    item.sha256 === null ? '' : `sha256 ${item.sha256.slice(0, 12)}…`,
    `${item.sizeBytes ?? '?'} B`,
    item.verdict ?? '',
    note,
  ];
  stage.show({ what: name, result: item.status, evidence: facts.filter((fact) => fact !== '').join(' · ') });
}

function done(events: readonly z.output<typeof eventShape>[]): readonly GotItem[] {
  const last = events.find((event) => event.event === 'done');
  if (last?.items === undefined) throw new Error('models get ended without a result');
  return last.items;
}

function refOf(file: KnownFile): string {
  return `${file.modelId}@${file.versionId}`;
}

function pick(known: Readonly<Record<string, KnownFile>>, role: string): KnownFile {
  const file = known[role];
  if (file === undefined) throw new Error(`the simulator has no ${role}`);
  return file;
}
