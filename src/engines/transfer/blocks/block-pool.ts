/**
 * Memory for bytes under way, shared by every transfer of the process and by the hashing threads.
 *
 * One WebAssembly memory: it is shared between threads, and page-aligned, which O_DIRECT asks for and a Buffer is not.
 * The system gives pages to it as they are touched, and the block freed last is handed out first, so a process that
 * moves little keeps little. What has been touched stays allocated until the process ends.
 */
import { KIB, MIB } from '#kernel/units';

export const BLOCK_BYTES = MIB;

/** Whoever holds a block alone may touch it, until it is released. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly memory: SharedArrayBuffer;
  /** Where in `memory` it begins. */
  readonly offset: number;
  /** Gives it back; call it once. */
  release(): void;
}

/** 8 files × 8 connections: a connection that waits for the disk holds none. */
const DEFAULT_BLOCKS = 52;
const WASM_PAGE = 64 * KIB;

/** All that is used of it; its types come with those of browsers. */
declare const WebAssembly: {
  readonly Memory: new (size: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => { readonly buffer: SharedArrayBuffer };
};

export class BlockPool {
  readonly #memory: SharedArrayBuffer;
  readonly #free: number[];
  readonly #waiting: ((block: Block) => void)[] = [];

  constructor(blocks = DEFAULT_BLOCKS) {
    const pages = (blocks * BLOCK_BYTES) / WASM_PAGE;
    this.#memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }).buffer;
    this.#free = Array.from({ length: blocks }, (_, index) => blocks - 1 - index);
  }

  /** A block if one is free and nobody waits for it. */
  tryTake(): Block | undefined {
    const index = this.#waiting.length > 0 ? undefined : this.#free.pop();
    return index === undefined ? undefined : this.#block(index);
  }

  /** A block as soon as there is one; who came first is served first. Rejects with the signal's reason. */
  async take(signal: AbortSignal): Promise<Block> {
    signal.throwIfAborted();
    const block = this.tryTake();
    if (block) return block;
    const turn = Promise.withResolvers<Block>();
    const waiting = this.#waiting;
    waiting.push(turn.resolve);
    function abort(): void {
      const index = waiting.indexOf(turn.resolve);
      // Served already: then it is not an abort any more.
      if (index === -1) return;
      waiting.splice(index, 1);
      turn.reject(signal.reason);
    }
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await turn.promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #block(index: number): Block {
    const offset = index * BLOCK_BYTES;
    let isHeld = true;
    return {
      bytes: new Uint8Array(this.#memory, offset, BLOCK_BYTES),
      memory: this.#memory,
      offset,
      release: () => {
        if (!isHeld) throw new RangeError('a block was released twice');
        isHeld = false;
        const next = this.#waiting.shift();
        if (next) next(this.#block(index));
        else this.#free.push(index);
      },
    };
  }
}

let shared: BlockPool | undefined;

/** The pool of this process, made when the first transfer needs it. */
export function sharedBlocks(): BlockPool {
  shared ??= new BlockPool();
  return shared;
}
