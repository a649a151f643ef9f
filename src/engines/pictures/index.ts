/** Pictures of strangers, made smaller: WebAssembly in a thread of its own, with limits on bytes, pixels and time. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { type PictureFormat, pictureFormat } from './picture-format.ts';
export { createPictureSizer, MAX_PICTURE_BYTES, type PictureSizer, type SizedPicture } from './picture-sizer.ts';
export const picturesMessages: Catalogues = { en, ja };
