/** What the models domain agrees on with web and command line: routes and shapes. Safe for browsers. */

export * from './api-watch-routes.ts';
export * from './api-watch-shapes.ts';
export * from './collecting-routes.ts';
export * from './collecting-shapes.ts';
export * from './download-shapes.ts';
export * from './feature-routes.ts';
export * from './feature-shapes.ts';
export * from './history-routes.ts';
export * from './history-shapes.ts';
export * from './gallery-routes.ts';
export * from './gallery-shapes.ts';
export * from './library-shapes.ts';
export * from './licence-shapes.ts';
export * from './routes.ts';
export * from './search-query.ts';
export * from './search-shapes.ts';
export * from './sweep-routes.ts';
export * from './sweep-shapes.ts';
export * from './update-routes.ts';
export * from './update-shapes.ts';
export * from './vocabulary.ts';
export * from './vocabulary-routes.ts';
export * from './vocabulary-shapes.ts';
export * from './watch-routes.ts';
export * from './watch-shapes.ts';
export * from './word-spelling.ts';
