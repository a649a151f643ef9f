export { createHttpMirrors } from './http-mirrors.ts';
