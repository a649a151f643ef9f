/** pino-roll ships no types; only what is used here is declared. */
declare module 'pino-roll' {
  import type { SonicBoom } from 'sonic-boom';

  interface RollOptions {
    readonly file: string;
    readonly extension?: string;
    readonly mkdir?: boolean;
    /** e.g. `10240k`. */
    readonly size?: string;
    readonly limit?: { readonly count: number; readonly removeOtherLogFiles?: boolean };
  }

  export default function openRotated(options: RollOptions): Promise<SonicBoom>;
}
