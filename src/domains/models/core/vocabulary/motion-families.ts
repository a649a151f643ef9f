/** Base models for video, sound and space; sources as in image-families.ts. */
import { type BaseFamily, type BaseModel, base, disabled, hidden, type Medium } from './base-family.ts';

export const motionFamilies: readonly BaseFamily[] = [
  {
    id: 'wan',
    aliases: ['wan video', 'wan ai'],
    within: null,
    medium: 'video',
    bases: [base('Wan Video', ['Wan'], hidden)],
  },
  {
    id: 'wan21',
    aliases: ['wan 2.1', 'wan video 2.1'],
    within: 'wan',
    medium: 'video',
    bases: [
      base('Wan Video 1.3B t2v', ['Wan 2.1 1.3B', 'Wan 2.1 T2V 1.3B']),
      base('Wan Video 14B t2v', ['Wan 2.1', 'Wan 2.1 14B', 'Wan 2.1 T2V 14B']),
      base('Wan Video 14B i2v 480p', ['Wan 2.1 I2V 480p', 'Wan 2.1 I2V 14B 480p']),
      base('Wan Video 14B i2v 720p', ['Wan 2.1 I2V 720p', 'Wan 2.1 I2V 14B 720p']),
    ],
  },
  {
    id: 'wan22',
    aliases: ['wan 2.2', 'wan video 2.2'],
    within: 'wan',
    medium: 'video',
    bases: [
      base('Wan Video 2.2 TI2V-5B', ['Wan 2.2 5B', 'Wan 2.2 TI2V 5B']),
      base('Wan Video 2.2 I2V-A14B', ['Wan 2.2 I2V', 'Wan 2.2 I2V 14B', 'Wan 2.2 I2V A14B']),
      base('Wan Video 2.2 T2V-A14B', ['Wan 2.2', 'Wan 2.2 T2V', 'Wan 2.2 T2V 14B', 'Wan 2.2 T2V A14B']),
    ],
  },
  {
    id: 'wan25',
    aliases: ['wan 2.5', 'wan video 2.5'],
    within: 'wan',
    medium: 'video',
    bases: [base('Wan Video 2.5 T2V', ['Wan 2.5', 'Wan 2.5 T2V']), base('Wan Video 2.5 I2V', ['Wan 2.5 I2V'])],
  },
  {
    id: 'wan27',
    aliases: ['wan 2.7'],
    within: 'wan',
    medium: 'image+video',
    bases: [base('Wan Video 2.7', ['Wan 2.7']), base('Wan Image 2.7')],
  },
  {
    id: 'ltx',
    aliases: ['ltxv', 'ltx video', 'lightricks'],
    within: null,
    medium: 'video',
    bases: [
      base('LTXV', ['LTX Video', 'LTX-Video', 'LTX']),
      base('LTXV2', ['LTX-2', 'LTX Video 2']),
      base('LTXV 2.3', ['LTX 2.3', 'LTX-2.3']),
    ],
  },
  {
    id: 'svd',
    aliases: ['stable video diffusion'],
    within: null,
    medium: 'video',
    bases: [base('SVD', ['Stable Video Diffusion'], disabled), base('SVD XT', ['Stable Video Diffusion XT'], disabled)],
  },
  single('hunyuan-video', base('Hunyuan Video', ['HunyuanVideo', 'Hunyuan'])),
  single('cogvideox', base('CogVideoX', ['CogVideo'])),
  single('flux3-video', base('Flux 3 Video', ['Flux.3 Video', 'Flux3 Video'])),
  single('grok', base('Grok', ['Grok Imagine']), 'image+video'),
  single('happyhorse', base('HappyHorse', ['Happy Horse'])),
  single('mochi', base('Mochi', ['Mochi 1'])),
  single('sora', base('Sora 2', ['Sora'], hidden)),
  single('veo', base('Veo 3', ['Veo'], hidden)),
  single('vidu', base('Vidu Q1', ['Vidu'], hidden)),
  single('minimax', base('MiniMax H3', ['MiniMax', 'Hailuo'])),
  single('kling', base('Kling', ['Kling AI'], hidden)),
  single('seedance', base('Seedance', [], hidden)),
  single('ace', base('ACE Audio', ['ACE Step', 'ACE-Step']), 'audio'),
  single('tripo', base('Tripo', ['Tripo3D'], hidden), '3d'),
  single('hunyuan3d', base('Hunyuan3D', ['Hunyuan 3D'], hidden), '3d'),
];

function single(id: string, only: BaseModel, medium: Medium = 'video'): BaseFamily {
  return { id, aliases: [], within: null, medium, bases: [only] };
}
