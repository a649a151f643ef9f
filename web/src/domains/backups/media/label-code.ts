import { z } from 'zod';

/** The label that a code names: labels carry an address of Kura, or the label alone. */
export function labelIn(code: string): string {
  const match = /\/backups\/media\/scan\/([^/?#]+)/.exec(code);
  return decodeURIComponent(match?.[1] ?? code.trim()).toUpperCase();
}

const foundSchema = z.array(z.object({ rawValue: z.string() }));

interface Detector {
  detect(source: HTMLVideoElement): Promise<unknown>;
}

type DetectorClass = new (options: { readonly formats: readonly string[] }) => Detector;

/** Shape Detection API: not in every browser, and unknown to TypeScript. */
function detectorClass(): DetectorClass | undefined {
  const found: unknown = Reflect.get(globalThis, 'BarcodeDetector');
  return typeof found === 'function' ? (found as DetectorClass) : undefined;
}

export function hasCamera(): boolean {
  return detectorClass() !== undefined && 'mediaDevices' in navigator;
}

/** Reads what the camera sees until it finds a code or is told to stop. */
export async function readCode(video: HTMLVideoElement, signal: AbortSignal): Promise<string | undefined> {
  const Detector = detectorClass();
  if (Detector === undefined) return undefined;
  const detector = new Detector({ formats: ['qr_code', 'code_128', 'code_39'] });
  while (!signal.aborted) {
    const [code] = foundSchema.parse(await detector.detect(video));
    if (code !== undefined) return code.rawValue;
    await new Promise((next) => {
      requestAnimationFrame(next);
    });
  }
  return undefined;
}
