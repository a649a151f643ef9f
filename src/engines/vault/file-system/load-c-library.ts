/** The foreign functions, and nothing but them: a wrong signature here could crash the process, so all lie in one place. */

/** Paths and names are C strings; results below 0 mean: look at `errno`, before anything else is called. */
export interface LoadedLibrary {
  llistxattr(path: Buffer, list: Buffer, size: number): number;
  lgetxattr(path: Buffer, name: Buffer, value: Buffer, size: number): number;
  lsetxattr(path: Buffer, name: Buffer, value: Buffer, size: number, flags: number): number;
  lremovexattr(path: Buffer, name: Buffer): number;
  utimensat(folder: number, path: Buffer, times: Buffer, flags: number): number;
  futimens(file: number, times: Buffer): number;
  /** Takes as long as the disk does, and waits in another thread. */
  syncfs(file: number): Promise<number>;
  errno(): number;
}

/** `timespec` and the constants are alike on these; 32-bit machines differ. */
const architectures: ReadonlySet<string> = new Set(['x64', 'arm64', 'riscv64', 'loong64']);

/** zstd as Node.js carries it along and exports it (zstd.h; `initStatic…` since zstd 1.3, their contexts lie in memory of the caller's). */
export interface LoadedZstd {
  readonly versionNumber: () => number;
  readonly estimateCompressionBytes: (level: number) => number;
  readonly estimateDecompressionBytes: () => number;
  /** Makes a context of `memory`, whose beginning is the context afterwards; null when it is too little. */
  readonly initCompression: (memory: Uint8Array, bytes: number) => unknown;
  readonly initDecompression: (memory: Uint8Array, bytes: number) => unknown;
  /** Bytes written, or an error: a number larger than any length. */
  readonly compress: (...call: [...into: ZstdTransfer, level: number]) => number | bigint;
  readonly decompress: (...call: ZstdTransfer) => number | bigint;
}

type ZstdTransfer = [context: Uint8Array, to: Uint8Array, room: number, from: Uint8Array, length: number];

/** Undefined where koffi has no build for this machine, or Node.js does not export these. */
export async function loadZstdLibrary(): Promise<LoadedZstd | undefined> {
  if (!architectures.has(process.arch)) return undefined;
  try {
    const { default: koffi } = await import('koffi');
    const c = koffi.load(null);
    const transfer = 'void *context, void *to, size_t room, const void *from, size_t length';
    return {
      versionNumber: c.func('unsigned int ZSTD_versionNumber()'),
      estimateCompressionBytes: c.func('size_t ZSTD_estimateCCtxSize(int level)'),
      estimateDecompressionBytes: c.func('size_t ZSTD_estimateDCtxSize()'),
      initCompression: c.func('void *ZSTD_initStaticCCtx(void *memory, size_t bytes)'),
      initDecompression: c.func('void *ZSTD_initStaticDCtx(void *memory, size_t bytes)'),
      compress: c.func(`size_t ZSTD_compressCCtx(${transfer}, int level)`),
      decompress: c.func(`size_t ZSTD_decompressDCtx(${transfer})`),
    };
  } catch {
    return undefined;
  }
}

export async function loadCLibrary(): Promise<LoadedLibrary | undefined> {
  if (process.platform !== 'linux' || !architectures.has(process.arch)) return undefined;
  try {
    const { default: koffi } = await import('koffi');
    const c = koffi.load(null);
    const syncfs = c.func('int syncfs(int file)');
    return {
      llistxattr: c.func('int64_t llistxattr(const void *path, _Out_ void *list, size_t size)'),
      lgetxattr: c.func('int64_t lgetxattr(const void *path, const void *name, _Out_ void *value, size_t size)'),
      lsetxattr: c.func('int lsetxattr(const void *path, const void *name, const void *value, size_t size, int flags)'),
      lremovexattr: c.func('int lremovexattr(const void *path, const void *name)'),
      utimensat: c.func('int utimensat(int folder, const void *path, const void *times, int flags)'),
      futimens: c.func('int futimens(int file, const void *times)'),
      syncfs: (file) =>
        new Promise((resolve, reject) => {
          syncfs.async(file, (error: unknown, result: number) => {
            if (error === null || error === undefined) resolve(result);
            else reject(error);
          });
        }),
      errno: () => koffi.errno(),
    };
  } catch {
    // No build for this machine, or a C library without these calls: the snapshot says what it could not keep.
    return undefined;
  }
}
