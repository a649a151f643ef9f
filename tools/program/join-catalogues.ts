/** The texts of the product, a megabyte of them in two languages, of which a command needs one and a few lines. */
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Plugin } from 'rolldown';

import { runCommand } from '../commands/run-command.ts';

export interface JoinedCatalogues {
  /** Puts a module in place of `src/app/catalogues.ts` that reads a language when it is first asked for. */
  readonly plugin: Plugin;
  /** The texts, a file per language, beside the joined modules. */
  writeTo(folder: string): Promise<void>;
}

const languages = ['en', 'ja'] as const;

/** What a place that is not under `src` keeps of `import.meta.url`: where the joined module lies. */
const moduleId = '\0joined-catalogues';

/**
 * Asks the sources for their texts. As JSON they are there in a tenth of the time that the same texts take as modules, and
 * the other language takes none.
 */
export async function joinCatalogues(root: string): Promise<JoinedCatalogues> {
  const source = path.join(root, 'src/app/catalogues.ts');
  if (!existsSync(source)) return { plugin: { name: 'join-catalogues' }, writeTo: async () => {} };
  const texts = await textsOf(source, root);
  return {
    plugin: {
      name: 'join-catalogues',
      resolveId(id, importer) {
        if (importer === undefined || !id.startsWith('.')) return undefined;
        return path.resolve(path.dirname(importer), id) === source ? moduleId : undefined;
      },
      load: (id) => (id === moduleId ? joinedModule() : undefined),
    },
    async writeTo(folder) {
      for (const language of languages) {
        await fs.writeFile(path.join(folder, fileOf(language)), JSON.stringify(texts[language]));
      }
    },
  };
}

type Texts = Readonly<Record<(typeof languages)[number], Readonly<Record<string, string>>>>;

/** In a process of its own: what this one has loaded of the sources may be older than what they say now. */
async function textsOf(source: string, root: string): Promise<Texts> {
  const code = `const { catalogues } = await import(${JSON.stringify(pathToFileURL(source).href)});
    const all = (language) => Object.assign({}, ...catalogues.map((each) => each[language]));
    process.stdout.write(JSON.stringify({ en: all('en'), ja: all('ja') }));`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', code];
  const { code: exit, stdout, stderr } = await runCommand(process.execPath, args, { cwd: root });
  if (exit !== 0) throw new Error(`The texts of ${source} could not be read:\n${stderr}`);
  return JSON.parse(stdout);
}

function joinedModule(): string {
  const getters = languages.map(
    (language) => `get ${language}() { return ${language} ??= read('${fileOf(language)}'); }`,
  );
  return `import { readFileSync } from 'node:fs';
    let ${languages.join(', ')};
    const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
    export const catalogues = [{ ${getters.join(', ')} }];`;
}

function fileOf(language: string): string {
  return `texts.${language}.json`;
}
