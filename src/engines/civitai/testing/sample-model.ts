/** A model as the API writes it in 2026, made up, for tests that bend it. */
export function sampleModel(id = 100): Record<string, unknown> {
  return {
    id,
    name: '和風スタイル / Washi style',
    description: '<p>Paper textures.</p>',
    allowNoCredit: true,
    allowCommercialUse: ['Image', 'RentCivit'],
    allowDerivatives: true,
    allowDifferentLicense: false,
    type: 'LORA',
    minor: false,
    sfwOnly: false,
    poi: false,
    nsfw: false,
    nsfwLevel: 1,
    availability: 'Public',
    userId: 9,
    baseModels: ['SDXL 1.0'],
    supportsGeneration: true,
    stats: { downloadCount: 5, thumbsUpCount: 2, thumbsDownCount: 0, commentCount: null, tippedAmountCount: 0 },
    creator: { username: 'kamisuki', image: null },
    tags: ['style', 'paper'],
    modelVersions: [sampleVersion(id * 10), sampleVersion(id * 10 + 1)],
  };
}

export function sampleVersion(id: number): Record<string, unknown> {
  return {
    id,
    index: 0,
    name: 'v1.0',
    baseModel: 'SDXL 1.0',
    baseModelType: 'Standard',
    publishedAt: '2026-08-11T21:25:04.626Z',
    availability: 'Public',
    nsfwLevel: 1,
    description: null,
    trainedWords: ['washi style'],
    paidAccess: null,
    stats: { downloadCount: 5, thumbsUpCount: 2, thumbsDownCount: 0 },
    files: [sampleFile(id * 10), sampleFile(id * 10 + 1)],
    images: [
      { id: id + 7, url: 'https://image.civitai.com/x/1.jpeg', nsfwLevel: 1, width: 8, height: 8, type: 'image' },
    ],
    downloadUrl: `https://civitai.com/api/download/models/${id}`,
  };
}

export function sampleFile(id: number): Record<string, unknown> {
  return {
    id,
    sizeKB: 1.5,
    name: 'washi.safetensors',
    overrideName: null,
    type: 'Model',
    pickleScanResult: 'Success',
    pickleScanMessage: null,
    virusScanResult: 'Success',
    scannedAt: '2026-08-11T21:20:28.450Z',
    metadata: { format: 'SafeTensor', fp: 'fp16', size: 'full' },
    hashes: { SHA256: 'AB'.repeat(32), AutoV2: 'ABABABABAB', CRC32: '85114A0D' },
    downloadUrl: 'https://civitai.com/api/download/models/1',
    primary: true,
  };
}
