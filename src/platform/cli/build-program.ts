/** The command line as Commander understands it, built from our commands, with help and errors in the reader's language. */
import { CommanderError, Option, Command as Program } from 'commander';

import type { Translator } from '#platform/i18n';

import type { Command } from './command.ts';

export interface Parsed<Services> {
  readonly command: Command<Services>;
  /** Arguments by name and options by camelCase name; validated later by the command's schema. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly globals: Readonly<Record<string, unknown>>;
}

export interface ProgramText {
  /** Printed by `--version`. */
  readonly version: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

const globalFlags = ['--home <dir>', '--json', '--lang <language>', '--quiet', '--no-color', '--server <url>'] as const;
const globalNames = ['home', 'json', 'lang', 'quiet', 'color', 'server'];

export function buildProgram<Services>(
  commands: readonly Command<Services>[],
  translator: Translator,
  text: ProgramText,
  onParsed: (parsed: Parsed<Services>) => void,
): Program {
  const root = prepare(new Program('kura'), translator, text);
  root.description(translator.text('cli')).version(text.version, '--version', translator.text('cli.option.version'));
  for (const command of commands) {
    const leaf = descend(root, command.words, translator, text);
    describeLeaf(leaf, command, translator);
    leaf.action(() => onParsed(read(leaf, command)));
  }
  return root;
}

export { CommanderError };

function descend(root: Program, words: readonly string[], translator: Translator, text: ProgramText): Program {
  let node = root;
  for (const [index, word] of words.entries()) {
    const existing = node.commands.find((child) => child.name() === word);
    if (existing === undefined) {
      const child = prepare(new Program(word), translator, text);
      child.description(translator.text(`cli.${words.slice(0, index + 1).join('.')}`));
      node.addCommand(child);
      node = child;
    } else {
      node = existing;
    }
  }
  return node;
}

function prepare(program: Program, translator: Translator, text: ProgramText): Program {
  program
    .exitOverride()
    .configureOutput({ writeOut: text.stdout, writeErr: text.stderr, outputError: () => undefined })
    .helpOption('-h, --help', translator.text('cli.option.help'))
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .configureHelp({
      styleTitle: (title) => translatedTitle(title, translator),
      visibleOptions: (command) => command.options.filter((option) => !option.hidden),
    });
  for (const flags of globalFlags) {
    const option = new Option(flags, translator.text(`cli.option.${nameOf(flags)}`));
    if (flags.startsWith('--lang')) option.choices(['ja', 'en']);
    program.addOption(option);
  }
  return program;
}

function describeLeaf<Services>(leaf: Program, command: Command<Services>, translator: Translator): void {
  const base = `cli.${command.words.join('.')}`;
  for (const argument of command.arguments) {
    const name = argument.variadic === true ? `${argument.name}...` : argument.name;
    leaf.argument(argument.required === true ? `<${name}>` : `[${name}]`, translator.text(`${base}.${argument.name}`));
  }
  for (const option of command.options) {
    const text = option.text ?? `${base}.${nameOf(option.flags)}`;
    leaf.addOption(optionOf(option.flags, translator.text(text)));
  }
}

/**
 * `--tag <tag...>` may be given several times. Commander would also let it swallow every word that follows, and with them
 * the arguments of the command; so here it takes one value each time.
 */
function optionOf(flags: string, description: string): Option {
  if (!flags.includes('...')) return new Option(flags, description);
  return new Option(flags.replace('...', ''), description).argParser<string[]>((value, previous) => [
    ...(previous ?? []),
    value,
  ]);
}

function read<Services>(leaf: Program, command: Command<Services>): Parsed<Services> {
  const named = Object.fromEntries(
    command.arguments.map((argument, index) => [argument.name, leaf.processedArgs[index]]),
  );
  const values = leaf.opts();
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => !globalNames.includes(name)));
  return { command, input: { ...named, ...own }, globals: globalsOf(leaf) };
}

/** A global option may stand anywhere; the one nearest to the command wins. */
function globalsOf(leaf: Program): Record<string, unknown> {
  const globals: Record<string, unknown> = {};
  for (let node: Program | null = leaf; node !== null; node = node.parent) {
    for (const name of globalNames) {
      if (node.getOptionValueSource(name) === 'cli' && !(name in globals)) globals[name] = node.getOptionValue(name);
    }
  }
  return globals;
}

function translatedTitle(title: string, translator: Translator): string {
  const key = `cli.help.${title.replace(':', '').toLowerCase()}`;
  return translator.has(key) ? translator.text(key) : title;
}

/** `--passphrase-file <path>` is described under `passphrase-file`. */
function nameOf(flags: string): string {
  return /--(?:no-)?([a-z0-9-]+)/.exec(flags)?.[1] ?? flags;
}
