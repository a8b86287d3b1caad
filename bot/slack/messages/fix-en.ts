/** Every fix in English. */
import { hostFixes } from './fix-host-en.ts';
import { licenceFixes } from './fix-licence-en.ts';
import { machineFixes } from './fix-machine-en.ts';
import { nameFixes } from './fix-names-en.ts';
import type { FixWords } from './fix-words.ts';

export const fixes: FixWords = { ...licenceFixes, ...nameFixes, ...hostFixes, ...machineFixes };
