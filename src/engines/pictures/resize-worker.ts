/**
 * The thread that decodes. ImageMagick runs as WebAssembly: whatever a hostile file makes it do stays in its own memory,
 * and ends as an error. Only four decoders are ever asked, by name, so that none of the others is reached.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';

import {
  ImageMagick,
  initializeImageMagick,
  MagickError,
  MagickFormat,
  MagickGeometry,
  ResourceLimits,
} from '@imagemagick/magick-wasm';

import type { PictureFormat } from './picture-format.ts';

export interface ResizeCommand {
  readonly bytes: Uint8Array;
  readonly format: PictureFormat;
  /** Longest side of the result. */
  readonly pixels: number;
}

export type ResizeReport =
  | { readonly bytes: Uint8Array; readonly format: PictureFormat; readonly width: number; readonly height: number }
  /** `isBroken`: not the picture but the program in its memory gave up. */
  | { readonly fault: string; readonly isBroken: boolean };

/** Wider or higher is no preview of a model. */
const LONGEST_SIDE = 16_384n;
const MOST_PIXELS = 64_000_000n;
/** Eight bytes a pixel and a little. */
const MOST_MEMORY = 640n * 1024n * 1024n;
const SECONDS = 20n;
const QUALITY = 85;

const decoders = {
  png: MagickFormat.Png,
  jpeg: MagickFormat.Jpeg,
  gif: MagickFormat.Gif,
  webp: MagickFormat.WebP,
} as const;

const ready = start();

async function start(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('@imagemagick/magick-wasm/magick.wasm');
  await initializeImageMagick(await readFile(path));
  ResourceLimits.width = LONGEST_SIDE;
  ResourceLimits.height = LONGEST_SIDE;
  ResourceLimits.area = MOST_PIXELS;
  ResourceLimits.memory = MOST_MEMORY;
  ResourceLimits.maxMemoryRequest = MOST_MEMORY;
  ResourceLimits.disk = 0n;
  ResourceLimits.time = SECONDS;
}

/** Of an animation the first frame, as PNG; everything else stays what it was. Where it was taken and with what is left out. */
function resize({ bytes, format, pixels }: ResizeCommand): ResizeReport {
  return ImageMagick.read(bytes, decoders[format], (image) => {
    image.autoOrient();
    image.strip();
    const box = new MagickGeometry(pixels, pixels);
    // Never larger than it was.
    box.greater = true;
    image.resize(box);
    image.quality = QUALITY;
    const shown: PictureFormat = format === 'gif' ? 'png' : format;
    const { width, height } = image;
    return image.write(decoders[shown], (data) => ({ bytes: Uint8Array.from(data), format: shown, width, height }));
  });
}

parentPort?.on('message', (command: ResizeCommand) => {
  void answer(command).then((report) => parentPort?.postMessage(report));
});

async function answer(command: ResizeCommand): Promise<ResizeReport> {
  try {
    await ready;
    return resize(command);
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error), isBroken: !(error instanceof MagickError) };
  }
}
