/** `kura fetch URL --out FILE`: the transfer engine on any address. */
import { z } from 'zod';

import {
  createBandwidthLimit,
  type NetworkOptions,
  steeringModes,
  type TransferDeps,
  type TransferProgress,
} from '#engines/transfer';
import { sha256 } from '#kernel/brands';
import { type Command, defineCommand } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { connectionsSchema } from '../contract/index.ts';
import { type FetchedFile, fetchToFile } from '../core/fetching/fetch-to-file.ts';
import { rateSchema } from './download-choice.ts';
import { chosenNetwork, networkChoiceOptions, networkChoiceShape } from './network-choice.ts';

const input = z.strictObject({
  url: z
    .string()
    .trim()
    .refine((text) => URL.canParse(text), 'must be a whole address such as https://example.org/file.safetensors'),
  out: z.string().min(1),
  sha256: z
    .string()
    .trim()
    .regex(/^(?:sha256:)?[0-9a-f]{64}$/i, 'must be 64 hex digits')
    .transform((text) => sha256(text.slice(-64)))
    .optional(),
  connections: connectionsSchema.optional(),
  mode: z.enum(steeringModes).optional(),
  limitRate: rateSchema.optional(),
  ...networkChoiceShape,
});

export interface FetchDeps extends Omit<TransferDeps, 'network'> {
  /** As configured for the data directory that `--home` names; default: nothing special. */
  readonly configuredNetwork?: ((home: string | undefined) => NetworkOptions) | undefined;
}

export function fetchCommand({ configuredNetwork = () => ({}), ...deps }: FetchDeps): Command<unknown> {
  return defineCommand<unknown>()({
    words: ['fetch'],
    arguments: [{ name: 'url', required: true }],
    options: [
      { flags: '--out <file>' },
      { flags: '--sha256 <hash>' },
      { flags: '--connections <n>' },
      { flags: '--mode <mode>' },
      { flags: '--limit-rate <rate>' },
      ...networkChoiceOptions,
    ],
    output: 'ndjson',
    input,
    async run(
      { url, out: target, sha256: expected, connections, mode, limitRate, ...way },
      { out, signal, translator, globals },
    ) {
      const network = chosenNetwork(way, configuredNetwork(globals.home));
      const fetched = await fetchToFile(
        {
          url,
          target,
          sha256: expected,
          connections,
          mode,
          bandwidth: limitRate === undefined ? undefined : createBandwidthLimit(limitRate, deps.clock),
          signal,
          onDecision: (decision) => out.event({ event: 'connections', ...decision }),
          onProgress: (progress) => {
            out.event({ event: 'progress', ...progress });
            // The events say it already.
            if (!out.json) out.progress(() => progressLine(progress, translator));
          },
        },
        { ...deps, network },
      );
      const { path, sizeBytes, sha256: actual, seconds, resumedFrom } = fetched;
      out.progress(undefined);
      out.event({ event: 'done', path, sizeBytes, sha256: actual, seconds: roundedTo(3, seconds), resumedFrom }, () =>
        doneLine(fetched, translator),
      );
      return 0;
    },
  });
}

function progressLine(progress: TransferProgress, translator: Translator): string {
  const { phase, receivedBytes, totalBytes, bytesPerSecond, etaSeconds } = progress;
  if (phase !== 'transferring') return translator.text(`cli.fetch.${phase}`);
  const known = totalBytes !== undefined && totalBytes > 0;
  return translator.text(known ? 'cli.fetch.progress' : 'cli.fetch.progress-open', {
    received: translator.bytes(receivedBytes),
    total: translator.bytes(totalBytes ?? 0),
    percent: known ? Math.floor((100 * receivedBytes) / totalBytes) : 0,
    speed: translator.bytes(Math.round(bytesPerSecond)),
    eta: etaSeconds === undefined ? '–' : translator.number(Math.ceil(etaSeconds)),
    connections: progress.connections,
  });
}

function doneLine(fetched: FetchedFile, translator: Translator): string {
  return translator.text(`cli.fetch.${outcomeOf(fetched)}`, {
    path: fetched.path,
    size: translator.bytes(fetched.sizeBytes),
    seconds: translator.number(roundedTo(1, fetched.seconds)),
    resumed: translator.bytes(fetched.resumedFrom),
    sha256: fetched.sha256,
  });
}

function outcomeOf({ wasThere, resumedFrom }: FetchedFile): 'was-there' | 'resumed' | 'done' {
  if (wasThere) return 'was-there';
  return resumedFrom > 0 ? 'resumed' : 'done';
}

function roundedTo(digits: number, value: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
