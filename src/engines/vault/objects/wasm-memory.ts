/**
 * What is used of WebAssembly here; its types come with those of browsers. Its memory can be shared between threads, begins
 * at a page, and takes pages of the system only as they are touched.
 */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}

declare const WebAssembly: {
  readonly Memory: new (size: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => WasmMemory;
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, WasmMemory>>>>,
  ) => { readonly exports: unknown };
};

const PAGE_BYTES = 65_536;

export function createWasmMemory(bytes: number): WasmMemory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The exports of a module that imports `chunks.memory`. @throws where this processor or Node does not take the code. */
export function instantiate(code: Uint8Array, memory: WasmMemory): unknown {
  return new WebAssembly.Instance(new WebAssembly.Module(code), { chunks: { memory } }).exports;
}
