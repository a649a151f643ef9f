/**
 * Base models for pictures: names, hidden and disabled ones of the site's list of 2026-08 (civitai-api.md §5.8), other
 * spellings from models.md A2 and the tools people use.
 */
import { type BaseFamily, base, hidden } from './base-family.ts';
import { stableDiffusionFamilies } from './stable-diffusion-families.ts';

const flux: readonly BaseFamily[] = [
  {
    id: 'flux1',
    aliases: ['flux', 'flux.1', 'フラックス'],
    within: null,
    medium: 'image',
    bases: [
      base('Flux.1 D', ['Flux Dev', 'Flux.1 Dev', 'FLUX.1-dev', 'Flux1D'], { hints: ['flux', 'flux.1', 'flux1'] }),
      base('Flux.1 S', ['Flux Schnell', 'Flux.1 Schnell', 'FLUX.1-schnell', 'Flux1S']),
      base('Flux.1 Krea', ['Flux Krea', 'FLUX.1 Krea Dev', 'Flux.1 Krea [dev]']),
      base('Flux.1 Kontext', ['Flux Kontext', 'FLUX.1 Kontext Dev', 'Flux.1 Kontext [dev]']),
    ],
  },
  {
    id: 'flux2',
    aliases: ['flux.2'],
    within: null,
    medium: 'image',
    bases: [
      base('Flux.2 D', ['Flux.2 Dev', 'FLUX.2-dev', 'Flux2 Dev']),
      base('Flux.2 Klein 9B', ['Flux2 Klein 9B']),
      base('Flux.2 Klein 9B-base', ['Flux2 Klein 9B base']),
      base('Flux.2 Klein 4B', ['Flux2 Klein 4B']),
      base('Flux.2 Klein 4B-base', ['Flux2 Klein 4B base']),
    ],
  },
];

const others: readonly BaseFamily[] = [
  single('anima', base('Anima')),
  {
    id: 'auraflow',
    aliases: ['aura flow'],
    within: null,
    medium: 'image',
    bases: [base('AuraFlow', ['Aura Flow']), base('Pony V7', ['Pony Diffusion V7', 'PonyV7', 'ポニー V7'])],
  },
  single('chroma', base('Chroma', ['Chroma1', 'Chroma1-HD'])),
  single('ernie', base('Ernie', ['Ernie Image'])),
  {
    id: 'hidream',
    aliases: ['hi dream'],
    within: null,
    medium: 'image',
    bases: [base('HiDream', ['HiDream I1', 'HiDream-I1-Full']), base('HiDream-O1', ['HiDream O1'])],
  },
  single('hunyuan-image', base('Hunyuan 1', ['HunyuanDiT', 'Hunyuan DiT', 'HyDiT'])),
  single('ideogram', base('Ideogram 4.0', ['Ideogram', 'Ideogram 4'])),
  single('boogu', base('Boogu')),
  single('imagen', base('Imagen4', ['Imagen'], hidden)),
  single('kolors', base('Kolors', ['Kwai Kolors'])),
  single('krea', base('Krea 2', ['Krea2'])),
  single('lens', base('Lens')),
  single('lumina', base('Lumina', ['Lumina 2', 'Lumina Image 2.0', 'Lumina-Image 2.0'])),
  single('mageflow', base('MageFlow', ['Mage Flow'])),
  single('mai', base('MAI', ['MAI Image'])),
  single('nano-banana', base('Nano Banana', ['NanoBanana', 'ナノバナナ'], hidden)),
  single('odor', base('ODOR', [], hidden)),
  single('openai', base('OpenAI', ['GPT Image'], hidden)),
  {
    id: 'pixart',
    aliases: ['pix art'],
    within: null,
    medium: 'image',
    bases: [
      base('PixArt a', ['PixArt Alpha', 'PixArt-α', 'PixArt', 'PixArt A']),
      base('PixArt E', ['PixArt Sigma', 'PixArt-Σ']),
    ],
  },
  single('playground', base('Playground v2', ['Playground', 'Playground v2.5', 'Playground 2'], hidden)),
  {
    id: 'qwen',
    aliases: ['qwen image'],
    within: null,
    medium: 'image',
    bases: [
      base('Qwen', ['Qwen Image', 'Qwen Image Edit']),
      base('Qwen 2', ['Qwen2', 'Qwen Image 2']),
      base('Qwen 3', ['Qwen3']),
    ],
  },
  single('reve', base('Reve', ['Reve Image'])),
  single('seedream', base('Seedream', [], hidden)),
  {
    id: 'z-image',
    aliases: ['zimage', 'z image'],
    within: null,
    medium: 'image',
    bases: [
      base('ZImageTurbo', ['Z-Image Turbo', 'Z Image Turbo']),
      base('ZImageBase', ['Z-Image Base', 'Z-Image', 'Z Image']),
    ],
  },
  single('polygen', base('PolyGen', [], hidden)),
  single('upscaler', base('Upscaler')),
  single('other', base('Other', ['その他'])),
];

export const imageFamilies: readonly BaseFamily[] = [...stableDiffusionFamilies, ...flux, ...others];

function single(id: string, only: BaseFamily['bases'][number]): BaseFamily {
  return { id, aliases: [], within: null, medium: 'image', bases: [only] };
}
