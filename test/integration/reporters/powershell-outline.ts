/**
 * What a PowerShell script is made of, as far as a reader without PowerShell can tell: its brackets and quotes, the functions it
 * defines with their parameters, what it calls with which parameters, and the keys of its hashtables.
 */
export interface PowershellOutline {
  /** What is wrong with brackets and quotes; empty when nothing is. */
  readonly faults: readonly string[];
  readonly functions: ReadonlyMap<string, readonly string[]>;
  readonly calls: readonly { readonly name: string; readonly parameters: readonly string[] }[];
  /** The code with the contents of strings and comments blanked out. */
  readonly bare: string;
}

const closing: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

export function outlinePowershell(text: string): PowershellOutline {
  const faults: string[] = [];
  const bare = blankOut(text, faults);
  faults.push(...unbalanced(bare));
  return { faults, functions: functionsIn(bare), calls: callsIn(bare), bare };
}

/** Strings keep their quotes and comments vanish; `$(…)` inside a string is left out with it. */
function blankOut(text: string, faults: string[]): string {
  let bare = '';
  for (let at = 0; at < text.length; ) {
    const end = skipped(text, at);
    if (end === undefined) {
      bare += text[at];
      at += 1;
    } else {
      if (end > text.length) faults.push(`nothing ends what begins in line ${lineOf(text, at)}`);
      const quote = text[at] === "'" || text[at] === '"' ? `${text[at]}${text[at]}` : '';
      bare += quote + text.slice(at, end).replaceAll(/[^\n]/g, '');
      at = end;
    }
  }
  return bare;
}

/** Where the comment or string that begins here ends; beyond the text when it never does. */
function skipped(text: string, at: number): number | undefined {
  if (text.startsWith('<#', at)) return endOf(text, '#>', at + 2, 2);
  if (text[at] === '#') return endOf(text, '\n', at, 0);
  if (text[at] === "'") return singleEnd(text, at);
  return text[at] === '"' ? doubleEnd(text, at) : undefined;
}

function endOf(text: string, what: string, from: number, length: number): number {
  const found = text.indexOf(what, from);
  return found < 0 ? text.length + 1 : found + length;
}

function singleEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== "'") continue;
    if (text[at + 1] !== "'") return at + 1;
    at += 1;
  }
  return text.length + 1;
}

function doubleEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '`') at += 1;
    else if (text.startsWith('$(', at)) depth += 1;
    else if (text[at] === ')' && depth > 0) depth -= 1;
    else if (text[at] === '"' && depth === 0) return at + 1;
  }
  return text.length + 1;
}

function unbalanced(bare: string): readonly string[] {
  const open: { readonly wanted: string; readonly line: number }[] = [];
  for (let at = 0; at < bare.length; at += 1) {
    const letter = bare.charAt(at);
    const wanted = closing[letter];
    if (wanted !== undefined) open.push({ wanted, line: lineOf(bare, at) });
    else if (Object.values(closing).includes(letter) && open.pop()?.wanted !== letter) {
      return [`${letter} too many in line ${lineOf(bare, at)}`];
    }
  }
  return open.map(({ wanted, line }) => `no ${wanted} for line ${line}`);
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

function functionsIn(bare: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { 1: name = '', index } of bare.matchAll(/^function ([\w-]+) \{\s*/gm)) {
    found.set(name, parametersAt(bare, index));
  }
  return found;
}

/** The parameters of the `param` block that follows; types and attributes come before their names. */
function parametersAt(bare: string, from: number): readonly string[] {
  const start = /\{\s*param\s*\(/.exec(bare.slice(from, from + 400));
  if (start === null || start.index > bare.slice(from).indexOf('{')) return [];
  const begin = from + start.index + start[0].length;
  let depth = 1;
  let end = begin;
  for (; depth > 0 && end < bare.length; end += 1) {
    if (bare[end] === '(') depth += 1;
    if (bare[end] === ')') depth -= 1;
  }
  return [...bare.slice(begin, end).matchAll(/\$(\w+)\s*(?=[,)=\n])/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => name !== 'true');
}

function callsIn(bare: string): PowershellOutline['calls'] {
  const joined = bare.replaceAll(/^\s*(?:function|Export-ModuleMember)[^\n]*/gm, '');
  return [...joined.matchAll(/(?<![\w$-])([A-Z][a-z]+-[A-Z][A-Za-z0-9]+)([^\n|;{}]*)/g)].map((match) => ({
    name: match[1] ?? '',
    parameters: [...((match[2] ?? '').split(/[()]/)[0] ?? '').matchAll(/(?<=\s)-([A-Z]\w+)/g)].map(
      (one) => one[1] ?? '',
    ),
  }));
}
