/**
 * What an option was given, `--option VALUE` or `--option=VALUE`, by those who must know before the command line is read.
 * @returns undefined when it is not there, or nothing follows it
 */
export function optionValue(argv: readonly string[], option: string): string | undefined {
  const index = argv.findIndex((word) => word === option || word.startsWith(`${option}=`));
  const word = argv[index];
  if (word === undefined) return undefined;
  return word === option ? argv[index + 1] : word.slice(option.length + 1);
}
