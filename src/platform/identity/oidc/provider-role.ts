/** Which role the groups of a provider give. Pure. */
export interface RoleRule {
  readonly group: string;
  readonly role: string;
}

export function providerRole(
  groups: readonly string[],
  { rules, fallback }: { readonly rules: readonly RoleRule[]; readonly fallback: string | undefined },
): string | undefined {
  return rules.find(({ group }) => groups.includes(group))?.role ?? fallback;
}
