/** The foreign functions, and nothing but them: a wrong signature here could crash the process, so all lie in one place. */

/** Paths and names are C strings; results below 0 mean: look at `errno`, before anything else is called. */
export interface LoadedLibrary {
  llistxattr(path: Buffer, list: Buffer, size: number): number;
  lgetxattr(path: Buffer, name: Buffer, value: Buffer, size: number): number;
  lsetxattr(path: Buffer, name: Buffer, value: Buffer, size: number, flags: number): number;
  lremovexattr(path: Buffer, name: Buffer): number;
  utimensat(folder: number, path: Buffer, times: Buffer, flags: number): number;
  /** Takes as long as the disk does, and waits in another thread. */
  syncfs(file: number): Promise<number>;
  errno(): number;
}

/** `timespec` and the constants are alike on these; 32-bit machines differ. */
const architectures: ReadonlySet<string> = new Set(['x64', 'arm64', 'riscv64', 'loong64']);

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
