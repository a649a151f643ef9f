/** onnxruntime's mark for "the offset is an address in memory" (tensorprotoutils.h). */
const MEMORY_ADDRESS = '_ORT_MEM_ADDR_';

/** Absolute, on a drive or share, an address, climbing, or hiding what it is, by the rules of any system. */
export function leavesFolder(location: string): boolean {
  return (
    /^(?:[/\\]|[A-Za-z]:|[a-z][a-z0-9+.-]*:\/\/)/i.test(location) ||
    location.includes(MEMORY_ADDRESS) ||
    /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(location) ||
    location.split(/[/\\]/).some((part) => /^\.\.[ .]*$/.test(part.trim()))
  );
}
