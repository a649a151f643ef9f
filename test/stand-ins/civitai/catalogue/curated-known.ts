/** Models with a part to play: the formats, one good example each, and the one that is malicious on purpose. */
import { KIB, MIB } from '#kernel/units';

import {
  checkpointNames,
  clipNames,
  controlnetNames,
  fluxNames,
  motionNames,
  upscalerNames,
  visionNames,
} from '../files/tensor-layout.ts';
import type { ModelDraft } from './draft.ts';
import {
  checkpointFile,
  embeddingFile,
  embeddingPickleFile,
  ggufFile,
  loraFile,
  maliciousPickle,
  npzFile,
  textFile,
  torchFile,
  vaeFile,
  weightsFile,
  zipFile,
} from './file-kinds.ts';

const workflow = JSON.stringify({
  last_node_id: 3,
  nodes: [
    { id: 1, type: 'CheckpointLoaderSimple', widgets_values: ['kuraDemo_v10.safetensors'] },
    { id: 2, type: 'LoraLoader', widgets_values: ['lantern_festival_ilxl.safetensors', 0.8, 0.8] },
    { id: 3, type: 'KSampler', widgets_values: [42, 'fixed', 28, 6.5, 'euler', 'normal', 1] },
  ],
  version: 0.4,
});

export const knownModels: readonly ModelDraft[] = [
  {
    name: 'Lantern Festival Style',
    type: 'LORA',
    base: 'Illustrious',
    creator: 'mizuki_lab',
    tags: ['style', 'festival', 'night', 'lantern'],
    versions: [
      {
        name: 'v2.0',
        words: ['lantern festival', 'paper lantern, warm light'],
        files: [
          loraFile(
            {
              upload: 'lantern_festival_ilxl_v2.safetensors',
              base: 'Illustrious',
              bytes: 640 * KIB,
              words: ['lantern festival'],
            },
            { role: 'lora' },
          ),
          zipFile(
            { upload: 'lantern_v2_data.zip', texts: { '001.txt': 'paper lantern, warm light' }, pictures: 3 },
            { type: 'Training Data' },
          ),
        ],
        images: 4,
      },
      {
        name: 'v1.0',
        words: ['lantern festival'],
        files: [
          loraFile({
            upload: 'lantern_festival_ilxl.safetensors',
            base: 'Illustrious',
            bytes: 320 * KIB,
            words: ['lantern festival'],
          }),
        ],
      },
    ],
  },
  {
    name: 'Kura Demo Mix',
    type: 'Checkpoint',
    base: 'SD 1.5',
    creator: 'warehouse_keeper',
    checkpointType: 'Merge',
    tags: ['base model', 'photorealistic', 'landscapes'],
    versions: [
      {
        name: 'v1.0',
        files: [
          checkpointFile({ upload: 'kuraDemoMix.safetensors', family: 'sd1', bytes: 6 * MIB }, { role: 'checkpoint' }),
          textFile('kuraDemoMix.yaml', 'model:\n  target: ldm.models.diffusion.ddpm.LatentDiffusion\n', {
            type: 'Config',
            scan: 'Error',
          }),
        ],
        linkedVae: 'vae',
        images: 3,
      },
    ],
  },
  {
    name: 'Old Town Streets',
    type: 'Checkpoint',
    base: 'SD 1.5',
    creator: 'warehouse_keeper',
    checkpointType: 'Trained',
    tags: ['buildings', 'street', 'architecture'],
    versions: [
      {
        name: 'zip era',
        files: [
          torchFile(
            { upload: 'oldTownStreets.ckpt', names: checkpointNames('sd1'), bytes: 4 * MIB, under: 'state_dict' },
            { role: 'torchCheckpoint' },
          ),
        ],
      },
      {
        name: 'first',
        files: [
          torchFile(
            {
              upload: 'oldTownStreets_2022.ckpt',
              names: checkpointNames('sd1').slice(0, 40),
              bytes: MIB,
              form: 'legacy',
              under: 'state_dict',
            },
            { role: 'legacyCheckpoint' },
          ),
        ],
      },
    ],
  },
  {
    name: 'Haiku Writer 0.5B',
    type: 'LLM',
    base: 'Other',
    creator: 'text_garden',
    tags: ['llm', 'japanese', 'poetry'],
    versions: [
      {
        name: 'Q8_0',
        files: [
          ggufFile(
            { upload: 'haiku-writer-0.5b.Q8_0.gguf', bytes: 3 * MIB, type: 'Q8_0', architecture: 'llama' },
            { role: 'gguf' },
          ),
        ],
      },
      {
        name: 'Q4_K_M',
        files: [
          ggufFile({ upload: 'haiku-writer-0.5b.Q4_K_M.gguf', bytes: 2 * MIB, type: 'Q4_K', architecture: 'llama' }),
        ],
      },
    ],
  },
  {
    name: 'Clear Colours VAE',
    type: 'VAE',
    base: 'SD 1.5',
    creator: 'optics_bench',
    tags: ['vae', 'tool'],
    versions: [
      {
        name: '840k',
        files: [
          vaeFile('clearColours.vae.safetensors', 1.5 * MIB, { role: 'vae' }),
          torchFile({
            upload: 'clearColours.vae.pt',
            names: ['quant_conv.weight', 'post_quant_conv.weight'],
            bytes: 256 * KIB,
            under: 'state_dict',
          }),
        ],
      },
    ],
  },
  {
    name: 'Tidy Desk',
    type: 'TextualInversion',
    base: 'SDXL 1.0',
    creator: 'optics_bench',
    tags: ['concept', 'objects'],
    versions: [
      { name: 'XL', words: ['tidydesk'], files: [embeddingFile('tidydesk.safetensors', true, { role: 'embedding' })] },
      {
        name: 'SD1',
        base: 'SD 1.5',
        words: ['tidydesk15'],
        files: [
          embeddingPickleFile('tidydesk15.pt', 'tidydesk15', { role: 'embeddingPickle' }),
          embeddingFile('tidydesk15-neg.safetensors', false, { type: 'Negative' }),
        ],
      },
    ],
  },
  {
    name: 'UNSAFE PICKLE DEMO (calls os.system when loaded)',
    type: 'Checkpoint',
    base: 'SD 1.5',
    creator: 'security_teacher',
    tags: ['security', 'demonstration'],
    description:
      '<p>For testing scanners. The pickle calls <code>os.system</code> with a harmless <code>echo</code>. Never load it.</p>',
    versions: [
      {
        name: 'flagged',
        description: '<p>The site’s scanner reports it.</p>',
        files: [
          maliciousPickle('unsafe_pickle_demo.ckpt', {
            role: 'maliciousPickle',
            scan: 'Danger',
            scanMessage: '**Detected Pickle imports (1)**\n*Dangerous import detected*\n```\nos.system\n```',
          }),
        ],
      },
      {
        name: 'missed',
        description: '<p>The same trick, but the site’s scanner says Success.</p>',
        files: [maliciousPickle('unsafe_pickle_demo_missed.ckpt', { role: 'maliciousPickleUnflagged' })],
      },
    ],
  },
  {
    name: 'Watercolour Wash',
    type: 'LORA',
    base: 'SDXL 1.0',
    creator: 'paper_and_ink',
    tags: ['style', 'watercolor', 'painting'],
    versions: [
      {
        name: 'v1.0',
        words: ['watercolour wash'],
        files: [
          loraFile(
            {
              upload: 'watercolour_wash_sdxl.safetensors',
              base: 'SDXL 1.0',
              bytes: 2 * MIB,
              rank: 16,
              words: ['watercolour wash'],
            },
            { role: 'repairable' },
          ),
        ],
        images: 3,
      },
    ],
  },
  {
    name: '和風水彩 〜 Japanese Ink / 水墨',
    type: 'LORA',
    base: 'Illustrious',
    creator: '墨田工房',
    tags: ['style', 'ink', '水墨画', '和風'],
    description:
      '<p>和紙に滲む墨の質感を学習した LoRA です。</p><p>推奨の強さは 0.6〜0.8。<strong>商用利用可</strong>。</p>',
    versions: [
      {
        name: '第二版',
        words: ['水墨画', 'sumi-e', '和紙'],
        files: [
          loraFile(
            {
              upload: '和風水彩（水墨画）第２版.safetensors',
              base: 'Illustrious',
              bytes: 900 * KIB,
              words: ['水墨画', 'sumi-e'],
            },
            { role: 'japaneseLora' },
          ),
        ],
        images: 2,
      },
    ],
  },
  {
    name: 'Harbour XL',
    type: 'Checkpoint',
    base: 'SDXL 1.0',
    creator: 'warehouse_keeper',
    checkpointType: 'Trained',
    tags: ['base model', 'photorealistic', 'sea'],
    versions: [
      {
        name: 'v3',
        files: [
          checkpointFile(
            { upload: 'harbourXL_v3.safetensors', family: 'sdxl', bytes: 6.46 * 1024 * MIB },
            { role: 'huge' },
          ),
          checkpointFile(
            { upload: 'harbourXL_v3_fp32.safetensors', family: 'sdxl', bytes: 7 * MIB, dtype: 'F32' },
            { metadata: { format: 'SafeTensor', size: 'full', fp: 'fp32' } },
          ),
        ],
      },
      {
        name: 'v2 lite',
        files: [
          checkpointFile(
            { upload: 'harbourXL_lite.safetensors', family: 'sdxl', bytes: 1.9 * 1024 * MIB },
            { role: 'large' },
          ),
        ],
      },
    ],
  },
  {
    name: 'Flux Garden Dev',
    type: 'Checkpoint',
    base: 'Flux.1 D',
    creator: 'botanist',
    checkpointType: 'Trained',
    tags: ['base model', 'plants', 'garden'],
    versions: [
      {
        name: 'fp8',
        files: [
          weightsFile(
            {
              upload: 'fluxGarden_fp8.safetensors',
              names: fluxNames('model.diffusion_model.'),
              bytes: 96 * MIB,
              dtype: 'F8_E4M3',
            },
            { role: 'medium', type: 'Diffusion Model', metadata: { format: 'SafeTensor', size: 'full', fp: 'fp8' } },
          ),
        ],
      },
      {
        name: 'GGUF',
        files: [
          ggufFile(
            { upload: 'fluxGarden-Q8_0.gguf', bytes: 24 * MIB, type: 'Q8_0', architecture: 'flux' },
            { role: 'twoFormats', type: 'Diffusion Model' },
          ),
          ggufFile(
            { upload: 'fluxGarden-Q4_K_M.gguf', bytes: 7 * MIB, type: 'Q4_K', architecture: 'flux' },
            { type: 'Diffusion Model' },
          ),
        ],
      },
    ],
  },
  {
    name: 'Colour Statistics',
    type: 'Other',
    base: 'Other',
    creator: 'optics_bench',
    tags: ['tool', 'statistics'],
    versions: [{ name: 'v1', files: [npzFile('colour-statistics.npz', { role: 'npz', type: 'Model' })] }],
  },
  {
    name: 'Cooking Poses',
    type: 'Poses',
    base: 'Other',
    creator: 'stage_hand',
    tags: ['poses', 'cooking'],
    versions: [
      { name: 'set 1', files: [zipFile({ upload: '烹饪姿势.zip', pictures: 5 }, { role: 'poses', type: 'Archive' })] },
    ],
  },
  {
    name: 'Two-Pass Upscale',
    type: 'Workflows',
    base: 'SDXL 1.0',
    creator: 'node_weaver',
    tags: ['workflow', 'comfyui', 'upscale'],
    versions: [
      { name: 'v1', files: [textFile('two-pass-upscale.json', workflow, { role: 'workflow', type: 'Workflow' })] },
    ],
  },
  {
    name: 'Two-Pass Upscale (zip)',
    type: 'ComfyWorkflows',
    base: 'SDXL 1.0',
    creator: 'node_weaver',
    tags: ['workflow', 'comfyui'],
    versions: [
      {
        name: 'v1',
        files: [zipFile({ upload: 'two-pass-upscale.zip', texts: { 'workflow.json': workflow } }, { type: 'Archive' })],
      },
    ],
  },
  {
    name: 'Line Art Control',
    type: 'Controlnet',
    base: 'SD 1.5',
    creator: 'stage_hand',
    tags: ['controlnet', 'lineart'],
    versions: [
      {
        name: 'v1.1',
        files: [
          weightsFile({ upload: 'control_lineart.safetensors', names: controlnetNames(), bytes: 2 * MIB }),
          textFile('control_lineart.yaml', 'model:\n  target: cldm.cldm.ControlLDM\n', { type: 'Config' }),
        ],
      },
    ],
  },
  {
    name: 'Depth Control (config only)',
    type: 'Controlnet',
    base: 'SD 2.1',
    creator: 'stage_hand',
    tags: ['controlnet', 'depth'],
    versions: [
      {
        name: 'v1',
        files: [
          textFile('control_depth.yaml', 'model:\n  target: cldm.cldm.ControlLDM\n# weights: see description\n', {
            type: 'Config',
          }),
        ],
      },
    ],
  },
  {
    name: '4x Crisp',
    type: 'Upscaler',
    base: 'Upscaler',
    creator: 'optics_bench',
    tags: ['upscaler', 'tool'],
    versions: [{ name: 'v1', files: [torchFile({ upload: '4x-Crisp.pth', names: upscalerNames(), bytes: 3 * MIB })] }],
  },
  {
    name: 'Gentle Motion',
    type: 'MotionModule',
    base: 'SD 1.5',
    creator: 'film_reel',
    tags: ['animatediff', 'motion'],
    versions: [
      { name: 'v1', files: [torchFile({ upload: 'gentle_motion.ckpt', names: motionNames(), bytes: 1.5 * MIB })] },
    ],
  },
  {
    name: 'Plain T5 Encoder',
    type: 'TextEncoder',
    base: 'Flux.1 D',
    creator: 'text_garden',
    tags: ['text encoder'],
    versions: [
      {
        name: 'fp16',
        files: [
          weightsFile(
            { upload: 't5_plain_fp16.safetensors', names: clipNames('', 24), bytes: 4 * MIB },
            { type: 'Text Encoder' },
          ),
        ],
      },
    ],
  },
  {
    name: 'Street UNet',
    type: 'UNet',
    base: 'SD 1.5',
    creator: 'warehouse_keeper',
    tags: ['unet'],
    versions: [
      {
        name: 'v1',
        files: [checkpointFile({ upload: 'street_unet.safetensors', family: 'sd1', bytes: 2 * MIB }, { type: 'UNet' })],
      },
    ],
  },
  {
    name: 'Wide View CLIP Vision',
    type: 'CLIPVision',
    base: 'SDXL 1.0',
    creator: 'optics_bench',
    tags: ['clip vision', 'ip-adapter'],
    versions: [
      {
        name: 'H',
        files: [
          weightsFile(
            { upload: 'wide_view_h.safetensors', names: visionNames(16), bytes: 2 * MIB },
            { type: 'CLIPVision' },
          ),
        ],
      },
    ],
  },
  {
    name: 'Compact CLIP L',
    type: 'CLIP',
    base: 'SDXL 1.0',
    creator: 'text_garden',
    tags: ['clip'],
    versions: [
      {
        name: 'L',
        files: [weightsFile({ upload: 'clip_l_compact.safetensors', names: clipNames('', 12), bytes: MIB })],
      },
    ],
  },
  {
    name: 'Caption Reader',
    type: 'VisionLanguage',
    base: 'Qwen',
    creator: 'text_garden',
    tags: ['captioning', 'tool'],
    versions: [
      {
        name: '2B',
        files: [
          weightsFile(
            { upload: 'caption-reader-2b.safetensors', names: visionNames(12), bytes: 3 * MIB },
            { type: 'Vision Encoder' },
          ),
        ],
      },
    ],
  },
  {
    name: 'Cup Detector',
    type: 'Detection',
    base: 'Other',
    creator: 'stage_hand',
    tags: ['detection', 'adetailer', 'objects'],
    versions: [
      {
        name: 'n',
        files: [
          torchFile({
            upload: 'cup_yolov8n.pt',
            names: ['model.0.conv.weight', 'model.1.conv.weight', 'model.22.dfl.conv.weight'],
            bytes: 512 * KIB,
          }),
        ],
      },
    ],
  },
  {
    name: 'Season Words',
    type: 'Wildcards',
    base: 'Other',
    creator: 'text_garden',
    tags: ['wildcards', 'nature'],
    versions: [
      {
        name: 'v1',
        files: [
          zipFile(
            {
              upload: 'season-words.zip',
              texts: { 'spring.txt': 'plum blossom\ncherry blossom\n', 'winter.txt': 'first snow\nfrost\n' },
            },
            { type: 'Archive' },
          ),
        ],
      },
    ],
  },
  {
    name: 'Brush Hypernet',
    type: 'Hypernetwork',
    base: 'SD 1.4',
    creator: 'paper_and_ink',
    tags: ['style', 'brush'],
    description: null,
    versions: [
      {
        name: 'v1',
        description: null,
        files: [
          torchFile({
            upload: 'brush.pt',
            names: ['768.0.linear1.weight', '768.0.linear2.weight', '320.0.linear1.weight'],
            bytes: 384 * KIB,
          }),
        ],
      },
    ],
  },
  {
    name: 'Golden Hour Gradient',
    type: 'AestheticGradient',
    base: 'SD 1.4',
    creator: 'paper_and_ink',
    tags: ['light', 'sunset'],
    versions: [
      { name: 'v1', files: [torchFile({ upload: 'golden_hour.pt', names: ['aesthetic_embedding'], bytes: 3 * KIB })] },
    ],
  },
];
