/** What `torch.save` writes: the zip form (1.6 and later), the legacy stream before it, and dictionaries of tensors. */
import { type Content, joined, keystream, literal } from './content.ts';
import { createPickleWriter, type PickleWriter } from './pickle-writer.ts';
import { type Precision, type Tensor, tensorBytes } from './tensor-layout.ts';
import { zipArchive } from './zip.ts';

export interface TorchPlan {
  readonly key: string;
  readonly tensors: readonly Tensor[];
  /** Wraps the state dict under this key, as checkpoints do (`state_dict`). */
  readonly under?: string;
  /** Plain values beside the tensors. */
  readonly extras?: Readonly<Record<string, string | number>>;
  /** Written before everything else; only the malicious example uses it. */
  readonly prelude?: (pickle: PickleWriter) => void;
}

export function torchZip(plan: TorchPlan): Content {
  const storages = plan.tensors.map((tensor, index) => ({
    name: `archive/data/${index}`,
    content: keystream(`${plan.key}/${index}`, tensorBytes(tensor)),
  }));
  return zipArchive(
    [
      { name: 'archive/data.pkl', content: literal(statePickle(plan, 'zip')) },
      { name: 'archive/byteorder', content: literal('little') },
      ...storages,
      { name: 'archive/version', content: literal('3\n') },
    ],
    { alignment: 64 },
  );
}

/** Magic, protocol version, system facts, the object, the storage keys, then each storage with its element count. */
export function torchLegacy(plan: TorchPlan): Content {
  const magic = Buffer.from([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e]);
  const sysInfo = createPickleWriter();
  sysInfo.dict(() => {
    sysInfo.text('protocol_version').int(1001).text('little_endian').bool(true);
  });
  const keys = createPickleWriter();
  keys.list(() => {
    plan.tensors.forEach((_, index) => keys.text(String(index)));
  });
  return joined([
    literal(
      Buffer.concat([
        magic,
        createPickleWriter().int(1001).end(),
        sysInfo.end(),
        statePickle(plan, 'legacy'),
        keys.end(),
      ]),
    ),
    ...plan.tensors.flatMap((tensor, index) => [
      literal(elementCount(tensor)),
      keystream(`${plan.key}/${index}`, tensorBytes(tensor)),
    ]),
  ]);
}

/** A textual-inversion embedding the way the A1111 trainer saves it. */
export function embeddingPickle(key: string, token: string, vectors: number): Content {
  const tensor: Tensor = { name: '*', dtype: 'F32', shape: [vectors, 768] };
  const pickle = createPickleWriter();
  pickle.dict(() => {
    pickle.text('string_to_token').dict(() => pickle.text('*').int(265));
    pickle.text('string_to_param').dict(() => writeTensor(pickle.text('*'), tensor, { index: 0, form: 'zip' }));
    pickle.text('name').text(token).text('step').int(2500).text('sd_checkpoint').none();
  });
  return zipArchive(
    [
      { name: 'archive/data.pkl', content: literal(pickle.end()) },
      { name: 'archive/data/0', content: keystream(key, tensorBytes(tensor)) },
      { name: 'archive/version', content: literal('3\n') },
    ],
    { alignment: 64 },
  );
}

type Form = 'zip' | 'legacy';

function statePickle(plan: TorchPlan, form: Form): Buffer {
  const pickle = createPickleWriter();
  plan.prelude?.(pickle);
  function state(): void {
    pickle.orderedDict().setItems(() => {
      plan.tensors.forEach((tensor, index) => writeTensor(pickle.text(tensor.name), tensor, { index, form }));
    });
  }
  if (plan.under === undefined && plan.extras === undefined) {
    state();
    return pickle.end();
  }
  pickle.dict(() => {
    pickle.text(plan.under ?? 'state_dict');
    state();
    for (const [name, value] of Object.entries(plan.extras ?? {})) {
      pickle.text(name);
      if (typeof value === 'string') pickle.text(value);
      else pickle.int(value);
    }
  });
  return pickle.end();
}

const storageClasses: Readonly<Record<Precision, string>> = {
  F32: 'FloatStorage',
  F16: 'HalfStorage',
  BF16: 'BFloat16Storage',
  F8_E4M3: 'ByteStorage',
};

function writeTensor(
  pickle: PickleWriter,
  tensor: Tensor,
  place: { readonly index: number; readonly form: Form },
): void {
  pickle.reduce(['torch._utils', '_rebuild_tensor_v2'], () => {
    pickle.persistentId(() => {
      pickle.text('storage').global('torch', storageClasses[tensor.dtype]).text(String(place.index)).text('cpu');
      pickle.int(tensor.shape.reduce((product, side) => product * side, 1));
      if (place.form === 'legacy') pickle.none();
    });
    pickle.int(0);
    pickle.tuple(() => tensor.shape.forEach((side) => pickle.int(side)));
    pickle.tuple(() => stridesOf(tensor.shape).forEach((stride) => pickle.int(stride)));
    pickle.bool(false).orderedDict();
  });
}

function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, index) => shape.slice(index + 1).reduce((product, side) => product * side, 1));
}

function elementCount(tensor: Tensor): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(tensor.shape.reduce((product, side) => product * side, 1)));
  return bytes;
}
