/** Commands that take the filters of the search describe them in its words. */

const SEARCH = 'cli.models.search.';

type Renamed<Texts, Command extends string> = {
  readonly [Key in keyof Texts as Key extends `cli.models.search.${infer Name}` ? `${Command}.${Name}` : never]: string;
};

/** What `texts` say below `cli.models.search`, said below `command`. */
export function sameOptions<Texts extends Readonly<Record<string, string>>, Command extends string>(
  texts: Texts,
  command: Command,
): Renamed<Texts, Command> {
  const options = Object.entries(texts).filter(([key]) => key.startsWith(SEARCH));
  const renamed = options.map(([key, text]) => [`${command}.${key.slice(SEARCH.length)}`, text]);
  // Exactly the keys that the type names, built from them.
  return Object.fromEntries(renamed) as Renamed<Texts, Command>;
}
