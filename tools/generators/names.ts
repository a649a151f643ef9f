/** `model-tags` → `modelTags`. */
export function camelCase(kebab: string): string {
  return kebab.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `model-tags` → `ModelTags`. */
export function pascalCase(kebab: string): string {
  const camel = camelCase(kebab);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

/** @throws when `name` is not kebab-case. */
export function requireKebabCase(name: string | undefined, what: string): string {
  if (name !== undefined && /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) return name;
  throw new Error(
    `${what} must be kebab-case, like "restore-drills"; got ${name === undefined ? 'nothing' : `"${name}"`}.`,
  );
}

const domains = ['models', 'backups', 'knowledge'];

/** @throws when there is no such domain. */
export function requireDomain(name: string | undefined): string {
  if (name !== undefined && domains.includes(name)) return name;
  throw new Error(
    `The domain must be one of ${domains.join(', ')}; got ${name === undefined ? 'nothing' : `"${name}"`}.`,
  );
}
