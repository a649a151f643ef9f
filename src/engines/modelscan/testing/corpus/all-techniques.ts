import { archiveTechniques } from './archive-techniques.ts';
import { configurationTechniques } from './configuration-techniques.ts';
import { graphTechniques } from './graph-techniques.ts';
import { importTechniques } from './import-techniques.ts';
import { numericTechniques } from './numeric-techniques.ts';
import { pickleTechniques } from './pickle-techniques.ts';
import type { Techniques } from './technique.ts';
import { templateTechniques } from './template-techniques.ts';
import { torchTechniques } from './torch-techniques.ts';
import { wholeFileTechniques } from './whole-file-techniques.ts';

/** Every technique the scanner knows, by area; within an area by what is done. */
export const allTechniques: Readonly<Record<string, Techniques>> = {
  imports: importTechniques,
  pickles: pickleTechniques,
  torch: torchTechniques,
  archives: archiveTechniques,
  numbers: numericTechniques,
  graphs: graphTechniques,
  templates: templateTechniques,
  configuration: configurationTechniques,
  'whole files': wholeFileTechniques,
};
