/** What breaks naive clients: names, gates, gaps and contradictions seen in the recorded answers, on harmless models. */
import { KIB, MIB } from '#kernel/units';

import type { ModelDraft, VersionDraft } from './draft.ts';
import {
  checkpointFile,
  embeddingFile,
  embeddingPickleFile,
  type FileOptions,
  loraFile,
  textFile,
  weightsFile,
  zipFile,
} from './file-kinds.ts';

export const oddModels: readonly ModelDraft[] = [
  {
    name: '.',
    type: 'TextualInversion',
    base: 'SD 1.5',
    creator: 'dotty',
    tags: ['concept'],
    versions: [
      {
        name: '.',
        words: ['.'],
        files: [
          zipFile({ upload: 'data.zip', texts: { '1.txt': 'a dot' } }, { type: 'Training Data' }),
          embeddingPickleFile('..pt', '.', { role: 'dangerousName', primary: true }),
        ],
      },
    ],
  },
  {
    name: 'Device Name',
    type: 'LORA',
    base: 'SD 1.5',
    creator: 'dotty',
    tags: ['test'],
    versions: [
      { name: 'con', files: [small('CON.safetensors', { role: 'deviceName' })] },
      { name: 'nul', files: [small('nul.tar.safetensors')] },
      { name: 'com1 ', files: [small('COM1 .safetensors ')] },
    ],
  },
  {
    name: 'Up / Down <and> "Across" | Back\\slash: 100%?*',
    type: 'LORA',
    base: 'SDXL 1.0',
    creator: 'dotty',
    tags: ['test', 'stairs'],
    description:
      '<p onclick="alert(1)">Stairs.</p><script>alert(1)</script><iframe src="https://example.invalid"></iframe><a href="javascript:alert(1)">more</a>',
    versions: [
      { name: '../../v1', files: [small('../../../stairs/up.safetensors', { role: 'slashName' })] },
      { name: 'v2', files: [small('..\\..\\stairs\\down.safetensors')] },
      { name: 'v3', files: [small('<delta:close portrait.delta.lora50:0.7>.safetensors')] },
      { name: 'v4', files: [small('100%2F..%2Fstairs.safetensors')] },
      { name: 'v5', files: [small(' leading space & "quotes".safetensors')] },
      { name: 'v6', files: [small(`${'very-long-name-'.repeat(17)}.safetensors`)] },
      { name: 'v7', files: [small('line\nbreak\u0007bell\u202Estxet.safetensors')] },
    ],
  },
  {
    name: '山水画风格 🏔️ Mountain & Water',
    type: 'LORA',
    base: 'Flux.1 D',
    creator: '云山',
    tags: ['style', '国画', 'landscapes'],
    description: '<p>传统山水画风格。触发词：<code>shanshui</code> 🎨</p>',
    versions: [
      {
        name: '一',
        words: ['shanshui', '山水画'],
        files: [
          loraFile(
            { upload: '山水画风格_Flux_第一版.safetensors', base: 'Flux.1 D', bytes: 480 * KIB, words: ['shanshui'] },
            { role: 'chineseLora' },
          ),
        ],
      },
    ],
  },
  {
    name: '🍜 Ramen Close-up – Food Photography 🍥',
    type: 'LORA',
    base: 'SDXL 1.0',
    creator: 'kitchen_camera',
    tags: ['food', 'photography'],
    description: '<h2>🍜</h2><p>Steam, broth, chopsticks.</p><img src="https://image.civitai.com/x/ramen.jpeg">',
    versions: [
      {
        name: 'v1 🍥',
        words: ['ramen close-up,', '<lora:ramen:0.8>'],
        files: [
          loraFile(
            { upload: '🍜ramen_close-up.safetensors', base: 'SDXL 1.0', bytes: 256 * KIB },
            { role: 'emojiLora' },
          ),
        ],
        images: 2,
      },
    ],
  },
  {
    name: 'Tomorrow’s Train Station',
    type: 'LORA',
    base: 'Illustrious',
    creator: 'rail_fan',
    tags: ['trains', 'buildings'],
    versions: [
      {
        name: 'v2 early',
        access: 'early',
        words: ['future station'],
        files: [small('station_v2.safetensors', { role: 'earlyAccess' })],
      },
      { name: 'v1', words: ['future station'], files: [small('station_v1.safetensors')] },
    ],
  },
  {
    name: 'Premium Porcelain',
    type: 'LORA',
    base: 'Pony',
    creator: 'kiln',
    tags: ['objects', 'porcelain'],
    licence: 'none',
    versions: [{ name: 'v1', access: 'paid', files: [small('porcelain.safetensors', { role: 'permanentlyPaid' })] }],
  },
  {
    name: 'Retired Lighthouse',
    type: 'Checkpoint',
    base: 'SD 1.5',
    creator: 'sea_side',
    tags: ['sea', 'lighthouse'],
    mode: 'Archived',
    versions: [
      {
        name: 'v1',
        files: [
          checkpointFile({ upload: 'lighthouse.safetensors', family: 'sd1', bytes: 512 * KIB }, { role: 'archived' }),
        ],
      },
    ],
  },
  {
    name: 'Withdrawn Clock Tower',
    type: 'LORA',
    base: 'SD 1.5',
    creator: 'sea_side',
    tags: ['buildings'],
    mode: 'TakenDown',
    versions: [{ name: 'v1', files: [small('clock_tower.safetensors', { role: 'takenDown' })], images: 2 }],
  },
  gated('Members’ Tea House', 'login', 'loginRequired'),
  gated('Guild Workshop', 'grant', 'grantRequired'),
  gated('On-site Only Fountain', 'generation-only', 'downloadsDisabled'),
  {
    name: 'Draft Greenhouse',
    type: 'LORA',
    base: 'SDXL 1.0',
    creator: 'botanist',
    tags: ['plants'],
    versions: [
      { name: 'v2', status: 'Draft', files: [small('greenhouse_v2.safetensors', { role: 'unpublished' })] },
      { name: 'v1', files: [small('greenhouse_v1.safetensors')] },
    ],
  },
  {
    name: 'Fresh Bread (still scanning)',
    type: 'LORA',
    base: 'Krea 2',
    creator: 'kitchen_camera',
    tags: ['food', 'bread'],
    versions: [
      { name: 'v1', files: [small('fresh_bread.safetensors', { role: 'noHashes', hashes: 'none', scan: 'Pending' })] },
    ],
  },
  {
    name: 'Partial Fingerprints',
    type: 'LORA',
    base: 'SD 1.5',
    creator: 'kitchen_camera',
    tags: ['food'],
    versions: [
      { name: 'without SHA256', files: [small('partial_a.safetensors', { hashes: 'no-sha256' })] },
      { name: 'without AutoV3', files: [small('partial_b.safetensors', { hashes: 'no-autov3' })] },
    ],
  },
  {
    name: 'Misprinted Label',
    type: 'LORA',
    base: 'SD 1.5',
    creator: 'kiln',
    tags: ['objects'],
    versions: [{ name: 'v1', files: [small('misprinted.safetensors', { role: 'wrongHash', hashes: 'wrong-sha256' })] }],
  },
  {
    name: 'From the Future',
    type: 'HoloLattice',
    base: 'Krea 9 Quantum',
    creator: 'rail_fan',
    tags: ['experimental'],
    versions: [
      {
        name: 'v1',
        baseType: 'Holographic',
        files: [
          weightsFile(
            { upload: 'future.safetensors', names: ['lattice.weight'], bytes: 64 * KIB },
            {
              role: 'unknownEnums',
              type: 'Lattice Core',
              metadata: { format: 'HoloTensor', size: 'folded', fp: 'fp2' },
            },
          ),
        ],
      },
    ],
  },
  {
    name: '日本庭園/苔と石',
    type: 'LORA',
    base: 'SD 1.5',
    creator: '墨田工房',
    tags: ['garden', '和風'],
    versions: [{ name: 'v1', words: ['苔庭'], files: [twin({ role: 'duplicateFile' }), twin()] }],
  },
  {
    name: 'Same Name Twice',
    type: 'Checkpoint',
    base: 'SD 2.1 768',
    creator: '云山',
    checkpointType: 'Merge',
    tags: ['landscapes'],
    versions: [
      {
        name: 'v1.0',
        files: [
          checkpointFile({ upload: '毛坯.safetensors', family: 'sd1', bytes: 400 * KIB }, { role: 'sameNameVersions' }),
        ],
      },
      {
        name: 'v1.0',
        base: 'SDXL 1.0',
        files: [checkpointFile({ upload: '毛坯.safetensors', family: 'sdxl', bytes: 700 * KIB })],
      },
    ],
  },
  {
    name: 'Alphabet of Knots',
    type: 'TextualInversion',
    base: 'SD 1.5',
    creator: 'sea_side',
    tags: ['objects', 'rope'],
    versions: Array.from({ length: 24 }, (_, index) => ({
      name: `knot ${24 - index}`,
      words: [`knot-${24 - index}`],
      files: [embeddingFile(` knot-${24 - index}.safetensors`, false, index === 0 ? { role: 'manyVersions' } : {})],
      images: 0,
    })),
  },
  {
    name: 'Brand New Umbrella',
    type: 'LORA',
    base: 'Krea 2',
    creator: 'rail_fan',
    fresh: true,
    description: null,
    versions: [
      { name: 'v1.0', description: null, files: [small('umbrella.safetensors', { role: 'nullStats' })], images: 0 },
    ],
  },
  {
    name: 'Orphaned Kite',
    type: 'LORA',
    base: 'SD 1.5',
    creator: null,
    tags: ['sky', 'toys'],
    versions: [{ name: 'v1', files: [small('kite.safetensors', { role: 'noCreator' })] }],
  },
  {
    name: 'Anatomy for Painters',
    type: 'LORA',
    base: 'Pony',
    creator: 'paper_and_ink',
    tags: ['study', 'drawing'],
    nsfwLevel: 31,
    versions: [{ name: 'v1', files: [small('anatomy.safetensors', { role: 'matureMask' })], images: 4 }],
  },
  {
    name: 'Statue Museum (rated R)',
    type: 'LORA',
    base: 'Pony',
    creator: 'paper_and_ink',
    tags: ['statue', 'museum'],
    nsfw: true,
    nsfwLevel: 28,
    versions: [{ name: 'v1', files: [small('museum.safetensors')], images: 3 }],
  },
  {
    name: 'Not Yet Rated Meadow',
    type: 'LORA',
    base: 'SDXL 1.0',
    creator: 'botanist',
    tags: ['plants'],
    nsfwLevel: 0,
    versions: [{ name: 'v1', files: [small('meadow.safetensors')], images: 0 }],
  },
  {
    name: 'Town Mayor Portrait',
    type: 'LORA',
    base: 'SD 1.5',
    creator: 'sea_side',
    tags: ['portrait'],
    poi: true,
    versions: [{ name: 'v1', files: [small('mayor.safetensors')] }],
  },
  {
    name: 'Unlisted Attic',
    type: 'LORA',
    base: 'SD 1.5',
    creator: 'sea_side',
    tags: ['room'],
    availability: 'Unsearchable',
    versions: [{ name: 'v1', files: [small('attic.safetensors')] }],
  },
  {
    name: 'Ten Bytes',
    type: 'TextualInversion',
    base: 'SD 1.5',
    creator: 'dotty',
    tags: ['broken upload'],
    versions: [
      {
        name: 'v2 ',
        words: ['tenbytes'],
        files: [
          textFile('ten.safetensors', '0123456789', {
            role: 'tiny',
            primary: true,
            metadata: { format: 'SafeTensor' },
          }),
          embeddingPickleFile('ten.pt', 'tenbytes'),
        ],
      },
    ],
  },
  {
    name: 'Inpainting Roof Tiles',
    type: 'Checkpoint',
    base: 'SD 1.5',
    creator: 'warehouse_keeper',
    checkpointType: 'Merge',
    licence: 'sell-only',
    tags: ['buildings', 'inpainting'],
    versions: [
      {
        name: 'v1',
        baseType: 'Inpainting',
        linkedVae: 'vae',
        files: [
          checkpointFile({ upload: 'roof_fp16.safetensors', family: 'sd1', bytes: MIB }, { role: 'linkedVae' }),
          checkpointFile(
            { upload: 'roof_fp32.safetensors', family: 'sd1', bytes: 2 * MIB, dtype: 'F32' },
            { metadata: { format: 'SafeTensor', size: 'full', fp: 'fp32' } },
          ),
          weightsFile(
            { upload: 'roof_text.safetensors', names: ['text_model.embeddings.weight'], bytes: 96 * KIB },
            { type: 'Text Encoder' },
          ),
        ],
      },
    ],
  },
  {
    name: 'Renamed by Override',
    type: 'Checkpoint',
    base: 'Illustrious',
    creator: 'mizuki_lab',
    checkpointType: 'Merge',
    tags: ['style'],
    versions: [
      {
        name: 'v1',
        files: [
          checkpointFile(
            { upload: 'original-name.safetensors', family: 'sdxl', bytes: 600 * KIB },
            { override: 'A Name the Creator Chose (final).safetensors' },
          ),
        ],
      },
    ],
  },
];

function small(upload: string, options: FileOptions = {}): VersionDraft['files'][number] {
  return loraFile({ upload, base: 'SD 1.5', bytes: 96 * KIB, rank: 4 }, options);
}

/** The same bytes twice under one name: two file ids, one SHA256. */
function twin(options: FileOptions = {}): VersionDraft['files'][number] {
  const draft = small('苔庭  [moss garden].safetensors', options);
  return { ...draft, make: () => draft.make('the-same-moss-garden') };
}

function gated(
  name: string,
  access: 'login' | 'grant' | 'generation-only',
  role: 'loginRequired' | 'grantRequired' | 'downloadsDisabled',
): ModelDraft {
  return {
    name,
    type: 'LORA',
    base: 'SDXL 1.0',
    creator: 'gate_keeper',
    tags: ['buildings'],
    versions: [{ name: 'v1', access, files: [small(`${role}.safetensors`, { role })] }],
  };
}
