/** Where a rule is explained: finds of a virus scanner are named after what it found, and explained together. */
export function anchorOf(rule: string): string {
  return rule.split('.', 1)[0] ?? rule;
}
