/** Every fix in Japanese. */
import { hostFixes } from './fix-host-ja.ts';
import { licenceFixes } from './fix-licence-ja.ts';
import { machineFixes } from './fix-machine-ja.ts';
import { nameFixes } from './fix-names-ja.ts';
import type { FixWords } from './fix-words.ts';

export const fixes: FixWords = { ...licenceFixes, ...nameFixes, ...hostFixes, ...machineFixes };
