/** What no tracked file may contain: checks switched off without a reason, and traces of the machine it was written on. */
import fs from 'node:fs/promises';
import path from 'node:path';

import { runCommand } from '../../commands/run-command.ts';
import type { Verdict } from '../gate.ts';

const suppression = /(?:oxlint-disable|eslint-disable|biome-ignore|@ts-(?:ignore|nocheck|expect-error))/;
const neverAllowed = /@ts-(?:ignore|nocheck)/;
// The directive's own reason: `-- because …` (oxlint) or `: because …` (Biome, TypeScript).
const reason = /(?:--|:)\s+\S.{9,}/;
// Paths of examples and of containers are fine; those of a person or a build machine are not.
const machinePath =
  /(?:\/home\/(?!user\b|you\b|kura\b|me\b|alice\b|bob\b|taro\b)[a-z][\w-]*\/|\/Users\/(?!you\b|me\b|alice\b|bob\b|taro\b)[A-Za-z][\w-]*\/|(?<![\w.])\/work\/(?:main|shared)\b)/;
const textFile = /\.(?:tsx?|mjs|cjs|js|json|md|ya?ml|css|html|sh|toml|sql|service|conf)$|(?:^|\/)[^./]+$|^\.[^/]+$/;

export async function checkTexts(root: string, files: readonly string[]): Promise<Verdict> {
  const texts = files.filter((file) => textFile.test(file));
  const hosts = await privateRegistryHosts(root);
  const problems: string[] = [];
  for (const file of texts) {
    const lines = (await fs.readFile(path.join(root, file), 'utf8')).split('\n');
    for (const [index, line] of lines.entries()) {
      const place = `${file}:${index + 1}`;
      if (isCode(file) && isBareSuppression(line, lines[index - 1]))
        problems.push(`${place}: a check is switched off without a reason beside it.`);
      if (machinePath.test(line) && !namesThePattern(file)) problems.push(`${place}: a path of one machine.`);
      if (hosts.some((host) => line.includes(host))) problems.push(`${place}: the name of a private package registry.`);
    }
  }
  return { looked: texts.length, unit: 'files', problems };
}

function isCode(file: string): boolean {
  return /\.(?:tsx?|mjs|cjs|css)$/.test(file) && !namesThePattern(file);
}

/** The two places that must write the patterns down to be able to look for them. */
function namesThePattern(file: string): boolean {
  return file === 'tools/gates/structure/text-rules.ts' || file === 'test/arch/gates.test.ts';
}

function isBareSuppression(line: string, before: string | undefined): boolean {
  if (!suppression.test(line)) return false;
  if (neverAllowed.test(line)) return true;
  const rest = line.slice(line.search(suppression));
  return !reason.test(rest) && !/^\s*(?:\/\/|\*|\{?\/\*)\s*\S.{9,}/.test(before ?? '');
}

/** Host of the registry this machine installs from, unless it is the public one everybody knows. */
async function privateRegistryHosts(root: string): Promise<readonly string[]> {
  const { stdout } = await runCommand('npm', ['config', 'get', 'registry'], { cwd: root });
  const host = URL.parse(stdout.trim())?.hostname;
  return host === undefined || host === 'registry.npmjs.org' || host === 'localhost' ? [] : [host];
}
