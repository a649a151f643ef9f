/** Paths of a bundle: what stands in the library is named from there, so that it fits another machine. */
import { join, sep } from 'node:path';
import { wayDown } from '#kernel/way-down';

import type { ExchangeRow, ExchangeTableName } from '../../store/exchange-tables.ts';

const PREFIX = 'library:';

/** The same row with paths as a bundle has them. */
export function withPlaces(name: ExchangeTableName, row: ExchangeRow, library: string): ExchangeRow {
  return mapPaths(name, row, (path) => placeOf(path, library));
}

/** The same row with paths of this machine. */
export function withPaths(name: ExchangeTableName, row: ExchangeRow, library: string): ExchangeRow {
  return mapPaths(name, row, (place) =>
    place.startsWith(PREFIX) ? join(library, ...place.slice(PREFIX.length).split('/')) : place,
  );
}

/** A path that whoever wrote the bundle may not choose: what the library holds stands in the library. */
export function straysFromLibrary(name: ExchangeTableName, row: ExchangeRow): boolean {
  const places = [row['path'], ...listOf(row['sidecars'])].filter((place) => typeof place === 'string');
  const strays = places.filter((place) => (place.startsWith(PREFIX) ? !isInside(place) : name === 'library_files'));
  return strays.length > 0;
}

function placeOf(path: string, library: string): string {
  const inside = wayDown(library, path);
  return inside ? PREFIX + inside.split(sep).join('/') : path;
}

function isInside(place: string): boolean {
  const steps = place.slice(PREFIX.length).split('/');
  return steps.every((step) => step !== '' && step !== '.' && step !== '..' && !step.includes('\\'));
}

function mapPaths(name: ExchangeTableName, row: ExchangeRow, change: (path: string) => string): ExchangeRow {
  if (name === 'search_runs') return row;
  const { path } = row;
  const moved = { ...row, path: typeof path === 'string' ? change(path) : path };
  if (name === 'downloads') return moved;
  return { ...moved, sidecars: listOf(row['sidecars']).map((one) => (typeof one === 'string' ? change(one) : one)) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
