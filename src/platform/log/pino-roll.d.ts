/** pino-roll ships no types; only what is used here is declared. */
declare module 'pino-roll' {
  import type { EventEmitter } from 'node:events';

  interface RollOptions {
    readonly file: string;
    readonly extension?: string;
    readonly mkdir?: boolean;
    /** e.g. `10240k`. */
    readonly size?: string;
    readonly limit?: { readonly count: number; readonly removeOtherLogFiles?: boolean };
  }

  export interface RolledStream extends EventEmitter {
    write(line: string): boolean;
    end(): void;
    destroy(): void;
  }

  export default function openRotated(options: RollOptions): Promise<RolledStream>;
}
