/** What this tab knows of a login that is at the provider: whoever is sent here from elsewhere knows nothing. */
import { z } from 'zod';

const key = 'kura.provider-flow';
const flowSchema = z.object({ flow: z.string(), next: z.string().optional() });
export type RememberedFlow = z.output<typeof flowSchema>;

export function rememberFlow(flow: { readonly flow: string; readonly next: string | undefined }): void {
  sessionStorage.setItem(key, JSON.stringify(flow));
}

/** Once. */
export function takeFlow(): RememberedFlow | undefined {
  const text = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  const read = text === null ? undefined : flowSchema.safeParse(JSON.parse(text));
  return read?.data;
}
