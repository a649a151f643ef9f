/** What random models are called and made of: every script, every sign, every year's habits, and what must stay out. */
export const nouns = [
  'Lantern',
  'Harbour',
  'Teapot',
  'Glacier',
  'Kite',
  '提灯',
  '茶室',
  '雪山',
  '石庭',
  '云海',
  'Пароход',
] as const;
export const manners = [
  'Watercolour',
  'Woodcut',
  'Pixel',
  'Neon',
  '水墨',
  'ﾊﾟｽﾃﾙ',
  'Ｆｅｌｔ',
  '🏮',
  'Gouache',
] as const;
/** Around the name; some lists carry such names to this day. */
export const decorations = [
  '',
  '',
  '',
  ' / v2 | <final>',
  ' ✨🦊',
  '  (style)  ',
  ' "quoted"',
  ' %00 \\ :',
  '„‚',
  ' nude study',
  ' Essex',
] as const;
export const tags = [
  'style',
  'Style',
  'character',
  'concept',
  'background',
  'base model',
  'clothing',
  'animal',
  'anime',
  'Anime',
  '和風',
  'saber_(fate)',
  'c++',
  'hentai',
  'celebrity',
] as const;
export const bases = [
  'SD 1.5',
  'SDXL 1.0',
  'Illustrious',
  'Pony',
  'NoobAI',
  'Flux.1 D',
  'Wan Video 14B t2v',
  'Krea 9',
] as const;
export const types = ['LORA', 'LORA', 'LORA', 'Checkpoint', 'LoCon', 'TextualInversion', 'VAE', 'HoloLattice'] as const;
export const creators = ['sea_side', 'Sea Side', 'seaside', '墨田工房', '云山', 'maker-7', null] as const;
export const formats = [
  'SafeTensor',
  'SafeTensor',
  'PickleTensor',
  'GGUF',
  'ONNX',
  'Other',
  'HoloTensor',
  null,
] as const;
/** Masks over all pictures; 0 = nobody rated it. */
export const masks = [1, 1, 1, 3, 2, 31, 28, 16, 4, 0, 5] as const;
export const rightsLadder = ['Image', 'RentCivit', 'Rent', 'Sell'] as const;
