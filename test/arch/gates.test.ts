/** Each gate passes a small sound tree and fails the same tree with one planted fault: proof that it really looks. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';

import { generateDocs } from '../../tools/docs/generate-docs.ts';
import { boundariesGate } from '../../tools/gates/boundaries-gate.ts';
import { docsGate } from '../../tools/gates/docs-gate.ts';
import { formatGate } from '../../tools/gates/format-gate.ts';
import { type Gate, passes } from '../../tools/gates/gate.ts';
import { lintGate } from '../../tools/gates/lint-gate.ts';
import { structureGate } from '../../tools/gates/structure-gate.ts';
import { typesGate } from '../../tools/gates/types-gate.ts';
import { unusedGate } from '../../tools/gates/unused-gate.ts';

const root = path.resolve(import.meta.dirname, '../..');
const copied = [
  'tsconfig.json',
  '.oxlintrc.json',
  'biome.json',
  '.gitignore',
  'knip.json',
  'tools/gates/knip-reporter.mjs',
];

const soundTree: Readonly<Record<string, string>> = {
  'package-lock.json': '{ "lockfileVersion": 3, "packages": { "": { "name": "sound-tree" } } }\n',
  'src/kernel/errors.ts': `export class KuraError extends Error {
  readonly kind: string;
  constructor(kind: string, code: string) {
    super(code);
    this.kind = kind;
  }
}
`,
  'src/kernel/messages/en.ts': `export const en = { 'vault.full': 'The vault {name} is full.', 'vault.full.advice': 'Prune it.' } as const;\n`,
  'src/kernel/messages/ja.ts': `export const ja = { 'vault.full': '保管庫 {name} が一杯です。', 'vault.full.advice': '整理してください。' } as const;\n`,
  'src/engines/vault/index.ts': `export { openVault } from './open-vault.ts';\n`,
  'src/engines/vault/open-vault.ts': `import { KuraError } from '#kernel/errors';

export function openVault(room: number): string {
  if (room === 0) throw new KuraError('limit', 'vault.full');
  return 'open';
}
`,
  'src/engines/scan/index.ts': `export const depth = 3;\n`,
  'src/domains/models/index.ts': `export { modelCount } from './core/model-count.ts';\n`,
  'src/domains/models/core/model-count.ts': `import { depth } from '#engines/scan';

export function modelCount(): number {
  return depth;
}
`,
  'src/domains/backups/index.ts': `import { openVault } from '#engines/vault';

export async function backUp(): Promise<string> {
  return openVault(1);
}
`,
  'src/app/main.ts': `import { backUp } from '#backups';
import { en } from '#kernel/messages/en';
import { ja } from '#kernel/messages/ja';
import { modelCount } from '#models';

process.stdout.write([await backUp(), modelCount(), en['vault.full'], ja['vault.full']].join(' '));
`,
};

interface Fault {
  readonly gate: Gate;
  readonly fault: string;
  readonly files: Readonly<Record<string, string>>;
  readonly expected: RegExp;
}

const openVault = soundTree['src/engines/vault/open-vault.ts'] ?? '';
const faults: readonly Fault[] = [
  {
    gate: typesGate,
    fault: 'a value of the wrong type',
    files: { 'src/engines/scan/index.ts': `export const depth: number = 'three';\n` },
    expected: /scan\/index\.ts\(1,14\): error TS2322/,
  },
  {
    gate: typesGate,
    fault: 'an unchecked index',
    files: { 'src/engines/scan/index.ts': `const depths = [3];\nexport const depth: number = depths[0];\n` },
    expected: /TS2322/,
  },
  {
    gate: lintGate,
    fault: 'an any',
    files: { 'src/engines/scan/index.ts': `const deep: any = 3;\nexport const depth = Number(deep);\n` },
    expected: /no-explicit-any/,
  },
  {
    gate: lintGate,
    fault: 'a promise nobody awaits (needs types)',
    files: {
      'src/app/late.ts': `import { backUp } from '#backups';\n\nexport function later(): void {\n  backUp();\n}\n`,
    },
    expected: /no-floating-promises/,
  },
  {
    gate: lintGate,
    fault: 'a promise that outlives the lock it was made under (needs types)',
    files: {
      'src/app/late.ts': `import { backUp } from '#backups';\n\nexport async function later(lock: AsyncDisposable): Promise<unknown> {\n  await using _held = lock;\n  return backUp();\n}\n`,
    },
    expected: /return-await/,
  },
  {
    gate: lintGate,
    fault: 'a file of more than 250 code lines',
    files: { 'src/engines/scan/index.ts': `export const depth = 3;\n`.concat('export {};\n'.repeat(251)) },
    expected: /max-lines/,
  },
  {
    gate: lintGate,
    fault: 'process.env outside its one file',
    files: { 'src/engines/scan/index.ts': `export const depth = Number(process.env['DEPTH']);\n` },
    expected: /no-process-env/,
  },
  {
    gate: formatGate,
    fault: 'an unformatted file',
    files: { 'src/engines/scan/index.ts': `export const depth   =  3\n` },
    expected: /scan\/index\.ts/,
  },
  {
    gate: boundariesGate,
    fault: 'an upward import, even of a type alone',
    files: {
      'src/engines/scan/index.ts': `import type { modelCount } from '#models';\n\nexport const depth: ReturnType<typeof modelCount> = 3;\n`,
    },
    expected: /src\/engines\/scan\/index\.ts imports #models: layers point one way/,
  },
  {
    gate: boundariesGate,
    fault: 'an inline type import of another domain',
    files: {
      'src/domains/backups/core/x.ts': `export type Count = ReturnType<typeof import('#models').modelCount>;\n`,
    },
    expected: /core\/x\.ts imports #models: domains do not know each other/,
  },
  {
    gate: boundariesGate,
    fault: 'an engine that knows another',
    files: { 'src/engines/scan/index.ts': `export { openVault as depth } from '#engines/vault';\n` },
    expected: /engines do not know each other/,
  },
  {
    gate: boundariesGate,
    fault: 'a relative import past a door, in a file with `using`',
    files: {
      'src/engines/scan/index.ts': `import { openVault } from '../vault/open-vault.ts';\n\nexport function scan(): void {\n  using _vault = { [Symbol.dispose]: () => openVault(1) };\n}\n`,
    },
    expected: /only through doors/,
  },
  {
    gate: boundariesGate,
    fault: 'a circle of type imports',
    files: {
      'src/engines/scan/a.ts': `import type { B } from './b.ts';\n\nexport type A = B | 1;\n`,
      'src/engines/scan/b.ts': `import type { A } from './a.ts';\n\nexport type B = A | 2;\n`,
    },
    expected: /in a circle/,
  },
  {
    gate: boundariesGate,
    fault: 'SQL in a use case',
    files: {
      'src/domains/models/core/query.ts': `import { DatabaseSync } from 'node:sqlite';\n\nexport const db = DatabaseSync;\n`,
    },
    expected: /SQL lives in stores/,
  },
  {
    gate: boundariesGate,
    fault: 'a child process of its own',
    files: {
      'src/domains/models/core/run.ts': `import { spawn } from 'node:child_process';\n\nexport const run = spawn;\n`,
    },
    expected: /child processes in one place/,
  },
  {
    gate: boundariesGate,
    fault: 'a fetch of its own',
    files: {
      'src/domains/models/core/load.ts': `export function load(): Promise<Response> {\n  return fetch('http://127.0.0.1/');\n}\n`,
    },
    expected: /load\.ts calls fetch/,
  },
  {
    gate: boundariesGate,
    fault: 'a web page that reaches past the contract',
    files: { 'web/src/page.tsx': `import { modelCount } from '#models';\n\nexport const page = modelCount;\n` },
    expected: /web sees contracts only/,
  },
  {
    gate: boundariesGate,
    fault: 'a contract that needs Node, two imports away',
    files: {
      'src/kernel/ids.ts': `import { randomUUID } from 'node:crypto';\n\nexport const id = randomUUID;\n`,
      'src/domains/models/contract/index.ts': `export { id } from '#kernel/ids';\n`,
    },
    expected: /kernel\/ids\.ts imports node:crypto, but the browser loads it/,
  },
  {
    gate: unusedGate,
    fault: 'an export nothing uses',
    files: {
      'src/domains/models/core/model-count.ts': `import { depth } from '#engines/scan';\n\nexport const modelCount = depth;\nexport const width = 4;\n`,
    },
    expected: /model-count\.ts:4 width is exported but used by nothing/,
  },
  {
    gate: unusedGate,
    fault: 'a file nothing uses',
    files: { 'src/engines/scan/orphan.ts': `export const orphan = 1;\n` },
    expected: /orphan\.ts is used by nothing/,
  },
  {
    gate: structureGate,
    fault: 'an error without a message',
    files: { 'src/engines/vault/open-vault.ts': openVault.replace('vault.full', 'vault.locked') },
    expected: /no message for "vault\.locked" and "vault\.locked\.advice"/,
  },
  {
    gate: structureGate,
    fault: 'a message without its Japanese text',
    files: {
      'src/kernel/messages/ja.ts': `export const ja = { 'vault.full': '保管庫 {name} が一杯です。' } as const;\n`,
    },
    expected: /"vault\.full\.advice" has no Japanese text/,
  },
  {
    gate: structureGate,
    fault: 'a parameter lost in translation',
    files: {
      'src/kernel/messages/ja.ts': `export const ja = { 'vault.full': '一杯です。', 'vault.full.advice': '整理してください。' } as const;\n`,
    },
    expected: /names \{name\} in English but \{\} in Japanese/,
  },
  {
    gate: structureGate,
    fault: 'a message nothing uses',
    files: {
      'src/kernel/messages/en.ts': `export const en = { 'vault.full': '{name}', 'vault.full.advice': 'A', 'vault.lost': 'Lost' } as const;\n`,
      'src/kernel/messages/ja.ts': `export const ja = { 'vault.full': '{name}', 'vault.full.advice': 'A', 'vault.lost': '紛失' } as const;\n`,
    },
    expected: /"vault\.lost" is used by nothing/,
  },
  {
    gate: structureGate,
    fault: 'a name that says nothing',
    files: { 'src/engines/scan/utils.ts': `export {};\n` },
    expected: /"utils" says nothing/,
  },
  {
    gate: structureGate,
    fault: 'a module without a door',
    files: { 'src/engines/lexis/words.ts': `export {};\n` },
    expected: /src\/engines\/lexis: has no door/,
  },
  {
    gate: structureGate,
    fault: 'a check switched off without a reason',
    files: { 'src/engines/scan/index.ts': `// oxlint-disable-next-line no-console\nexport const depth = 3;\n` },
    expected: /index\.ts:1: a check is switched off without a reason/,
  },
  {
    gate: structureGate,
    fault: 'a path of the machine it was written on',
    files: { 'src/engines/scan/index.ts': `export const depth = '/home/someone-else/models'.length;\n` },
    expected: /index\.ts:1: a path of one machine/,
  },
  {
    gate: structureGate,
    fault: 'a .gitignore that would drop a source folder',
    files: { '.gitignore': `/node_modules/\nmodels/\n` },
    expected: /\.gitignore would drop src\/.*models\/probe\.ts/,
  },
  {
    gate: structureGate,
    fault: 'a lock file that cannot be installed elsewhere',
    files: {
      'package-lock.json':
        '{ "packages": { "node_modules/a": { "optionalDependencies": { "a-darwin-arm64": "1.0.0" } } } }',
    },
    expected: /package-lock\.json lacks a-darwin-arm64/,
  },
  {
    gate: docsGate,
    fault: 'a reference page older than the sources',
    files: { 'src/engines/vault/open-vault.ts': openVault.replace("'limit'", "'conflict'") },
    expected: /errors\.en\.md is out of date/,
  },
];

describe('gates', () => {
  const folders: string[] = [];
  after(() => Promise.all(folders.map((folder) => fs.rm(folder, { recursive: true, force: true }))));

  for (const gate of new Set(faults.map((fault) => fault.gate))) {
    it(`${gate.name}: passes the sound tree`, async () => {
      const verdict = await gate.check(await plant(gate, {}));
      assert.deepEqual(verdict.problems, []);
      assert.ok(passes(verdict));
    });
  }

  for (const { gate, fault, files, expected } of faults) {
    it(`${gate.name}: fails on ${fault}`, async () => {
      const verdict = await gate.check(await plant(gate, files));
      assert.match(verdict.problems.join('\n'), expected);
    });
  }

  it('a gate that looked at nothing has not passed', () => {
    assert.equal(passes({ looked: 0, unit: 'files', problems: [] }), false);
  });

  async function plant(gate: Gate, files: Readonly<Record<string, string>>): Promise<string> {
    const folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'kura-gates-')));
    folders.push(folder);
    for (const file of copied) {
      await fs.mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await fs.copyFile(path.join(root, file), path.join(folder, file));
    }
    await fs.symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    await write(folder, { ...soundTree, 'package.json': await manifest() });
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    // Loading a catalogue keeps it for the life of the process, so only the gate about pages may read it this early.
    if (gate === docsGate) await write(folder, Object.fromEntries(await generateDocs(folder)));
    await write(folder, files);
    return folder;
  }

  async function manifest(): Promise<string> {
    const own: unknown = JSON.parse(await fs.readFile(path.join(root, 'package.json'), 'utf8'));
    const imports: unknown = typeof own === 'object' && own !== null ? Reflect.get(own, 'imports') : undefined;
    return `${JSON.stringify({ name: 'sound-tree', private: true, type: 'module', imports }, undefined, 2)}\n`;
  }
});

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await fs.mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await fs.writeFile(path.join(folder, file), content);
  }
}
