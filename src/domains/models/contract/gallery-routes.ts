/** Route of the gallery. Safe for browsers. */
import { defineRoute } from '#platform/contract';

import { galleryAnswerSchema, galleryQuerySchema } from './gallery-shapes.ts';

export const readGallery = defineRoute({
  id: 'models.read-gallery',
  method: 'GET',
  path: '/api/v1/models/gallery',
  access: 'models:read',
  query: galleryQuerySchema,
  output: galleryAnswerSchema,
  errors: [
    'models.gallery-of-what',
    'models.gallery-order',
    'models.excluded',
    'models.bad-cursor',
    'civitai.not-found',
  ],
});
