/** The ordinary shelf: everyday models over the base models people use, one line each. */
import { KIB } from '#kernel/units';

import type { ModelDraft, VersionDraft } from './draft.ts';
import { checkpointFile, embeddingFile, loraFile } from './file-kinds.ts';

type Row = readonly [name: string, type: string, base: string, creator: string, tags: string];

const rows: readonly Row[] = [
  ['Coastal Dawn Mix', 'Checkpoint', 'SD 1.5', 'sea_side', 'base model,sea,photorealistic'],
  ['Paper Lantern Anime', 'Checkpoint', 'NoobAI', 'mizuki_lab', 'base model,anime,style'],
  ['Illustrated Atlas', 'Checkpoint', 'Illustrious', 'mizuki_lab', 'base model,anime,maps'],
  ['Pony Meadow', 'Checkpoint', 'Pony', 'botanist', 'base model,animals'],
  ['Turbo Harbour', 'Checkpoint', 'SDXL Turbo', 'warehouse_keeper', 'base model,sea'],
  ['Lightning Harbour', 'Checkpoint', 'SDXL Lightning', 'warehouse_keeper', 'base model,sea'],
  ['Silent Valley', 'Checkpoint', 'SD 2.1', '云山', 'base model,landscapes'],
  ['Chroma Orchard', 'Checkpoint', 'Chroma', 'botanist', 'base model,plants'],
  ['Qwen Scroll', 'Checkpoint', 'Qwen', '云山', 'base model,text'],
  ['Z Market Street', 'Checkpoint', 'ZImageTurbo', 'rail_fan', 'base model,street'],
  ['Steam Locomotives', 'LORA', 'SDXL 1.0', 'rail_fan', 'trains,vehicle'],
  ['Mountain Railways', 'LORA', 'Flux.1 D', 'rail_fan', 'trains,landscapes'],
  ['Ceramic Glaze', 'LORA', 'SDXL 1.0', 'kiln', 'objects,porcelain,style'],
  ['Blue Delft Tiles', 'LORA', 'Flux.1 D', 'kiln', 'objects,porcelain,pattern'],
  ['Bento Box', 'LORA', 'Illustrious', 'kitchen_camera', 'food,objects'],
  ['Latte Art', 'LORA', 'SD 1.5', 'kitchen_camera', 'food,coffee'],
  ['Isometric Rooms', 'LORA', 'SDXL 1.0', 'stage_hand', 'room,isometric,style'],
  ['Blueprint Drawing', 'LORA', 'Flux.1 D', 'stage_hand', 'style,drawing'],
  ['Woodblock Print 浮世絵', 'LORA', 'Illustrious', '墨田工房', 'style,和風,print'],
  ['金継ぎ Kintsugi', 'LORA', 'SDXL 1.0', '墨田工房', 'style,porcelain,和風'],
  ['桜並木 Cherry Avenue', 'LORA', 'Pony', '墨田工房', 'plants,street,和風'],
  ['Pixel Tiles 16-bit', 'LORA', 'SD 1.5', 'pixel_smith', 'style,pixel art,game'],
  ['Voxel Castles', 'LORA', 'SDXL 1.0', 'pixel_smith', 'style,game,buildings'],
  ['Low Poly Animals', 'LORA', 'Flux.1 S', 'pixel_smith', 'style,game,animals'],
  ['Origami Zoo', 'LORA', 'SDXL 1.0', 'paper_and_ink', 'style,animals,paper'],
  ['Charcoal Sketch', 'LORA', 'SD 1.5', 'paper_and_ink', 'style,drawing'],
  ['Risograph Posters', 'LORA', 'Flux.1 D', 'paper_and_ink', 'style,print'],
  ['Alpine Flowers', 'LORA', 'SDXL 1.0', 'botanist', 'plants,photography'],
  ['Moss and Stone', 'LORA', 'Qwen', 'botanist', 'plants,garden'],
  ['Slow Camera Pan', 'LORA', 'Wan Video 2.2 T2V-A14B', 'film_reel', 'motion,video'],
  ['Rain on Glass', 'LORA', 'Wan Video 14B t2v', 'film_reel', 'video,weather'],
  ['Time-lapse Clouds', 'LORA', 'Hunyuan Video', 'film_reel', 'video,sky'],
  ['Knitted Things', 'LoCon', 'SD 1.5', 'stage_hand', 'style,objects'],
  ['Stained Glass', 'LoCon', 'SDXL 1.0', 'paper_and_ink', 'style,glass'],
  ['Embroidery', 'DoRA', 'SDXL 1.0', 'stage_hand', 'style,textile'],
  ['Felt Puppets', 'DoRA', 'Illustrious', 'stage_hand', 'style,toys'],
  ['Soft Focus', 'TextualInversion', 'SD 1.5', 'optics_bench', 'photography,concept'],
  ['Clean Background', 'TextualInversion', 'SDXL 1.0', 'optics_bench', 'concept,tool'],
];

export const libraryModels: readonly ModelDraft[] = rows.map(([name, type, base, creator, tags], index) => ({
  name,
  type,
  base,
  creator,
  tags: tags.split(','),
  licence: (['open', 'image-only', 'none', 'open', 'sell-only'] as const)[index % 5] ?? 'open',
  ...(type === 'Checkpoint' ? { checkpointType: index % 2 === 0 ? ('Merge' as const) : ('Trained' as const) } : {}),
  versions: versionsOf({ name, type, base, index }),
}));

function versionsOf(model: {
  readonly name: string;
  readonly type: string;
  readonly base: string;
  readonly index: number;
}): VersionDraft[] {
  const slug = model.name.toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]+/gu, '_');
  const words = [model.name.toLowerCase()];
  const count = 1 + (model.index % 3);
  return Array.from({ length: count }, (_, n): VersionDraft => {
    const upload = `${slug}_v${count - n}.safetensors`;
    const bytes = (120 + ((model.index * 37 + n * 91) % 600)) * KIB;
    const shared = { name: `v${count - n}.0`, images: 1 + (model.index % 3) };
    if (model.type === 'Checkpoint') {
      const family = /^SD [12]/.test(model.base) ? 'sd1' : 'sdxl';
      return { ...shared, files: [checkpointFile({ upload, family, bytes: bytes * 3 })] };
    }
    if (model.type === 'TextualInversion') {
      return { ...shared, words: [slug], files: [embeddingFile(upload, model.base.startsWith('SDXL'))] };
    }
    return { ...shared, words, files: [loraFile({ upload, base: model.base, bytes, words })] };
  });
}
