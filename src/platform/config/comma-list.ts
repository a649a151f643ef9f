/** The entries of a setting that joins them by commas, such as `access.trustedProxies`. */
export function namesOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
