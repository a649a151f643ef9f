/** `node tools/evening.ts`: runs the commands of docs/{en,ja}/backups-evening.md and writes what they print below them. */
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runCommand } from './commands/run-command.ts';

const root = path.resolve(import.meta.dirname, '..');
/** Commands, and the block below them that shows what they print. */
const shown = /```sh test\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g;
const between = '@@@ the next block @@@';

for (const language of ['en', 'ja']) {
  const page = path.join(root, 'docs', language, 'backups-evening.md');
  const markdown = await readFile(page, 'utf8');
  const blocks = [...markdown.matchAll(shown)].map((match) => match[1] ?? '');
  const outputs = await printedBy(blocks, language);
  let next = 0;
  const told = markdown.replace(shown, (_all, commands: string) => {
    const output = outputs[next++] ?? '';
    return `\`\`\`sh test\n${commands}\`\`\`\n\n\`\`\`text\n${output}\n\`\`\``;
  });
  await writeFile(page, told);
}

/** What each block prints to standard output, in one shell and one new home. */
async function printedBy(blocks: readonly string[], language: string): Promise<readonly string[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'kura-evening-'));
  try {
    for (const name of ['bin', 'node_modules']) await symlink(path.join(root, name), path.join(home, name));
    const env = {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      HOME: home,
      LANG: language === 'ja' ? 'ja_JP.UTF-8' : 'C.UTF-8',
    };
    const { stdout } = await runCommand('/bin/sh', ['-c', blocks.join(`\necho '${between}'\n`)], { cwd: home, env });
    return stdout.split(between).map((text) => text.replaceAll(home, '~').trim());
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
