/** Commands as people type them, made by a seed: names, ids, tags, addresses, names of stored keys, and no secret. */
import { guid, hexDigits, pick, whole } from '../lab/random.ts';

type Next = () => number;

const PARTS = [
  'web',
  'app',
  'db',
  'sql',
  'dc',
  'file',
  'print',
  'kms',
  'vm',
  'ts',
  'tokyo',
  'osaka',
  'ffm',
  'prod',
  'dev',
];
const DOMAINS = ['corp.example', 'ad.corp.example', 'lab.example', 'eu.contoso.example', 'xn--bcher-kva.example'];

const numbered = (next: Next): string => `${pick(next, PARTS)}${pick(next, ['-', '', '_'])}${whole(next, 999)}`;

const NAMES: readonly ((next: Next) => string)[] = [
  numbered,
  (next) => numbered(next).toUpperCase(),
  (next) => `${pick(next, PARTS)}-${pick(next, PARTS)}-${String(whole(next, 99)).padStart(2, '0')}`,
  (next) => `i-${hexDigits(next, 17)}`,
  (next) => `i-${hexDigits(next, 8)}`,
  (next) => `mi-${hexDigits(next, 17)}`,
  (next) => `EC2AMAZ-${hexDigits(next, 7).toUpperCase()}`,
  (next) => `WIN-${hexDigits(next, 11).toUpperCase()}`,
  (next) => `DESKTOP-${hexDigits(next, 7).toUpperCase()}`,
  (next) => `"${pick(next, PARTS)} server ${whole(next, 99)}"`,
  (next) => `tag:${pick(next, ['Team', 'Env', 'aws:cloudformation:stack-name'])}=${pick(next, PARTS)}`,
  (next) => `tag:Owner="Web Shop ${whole(next, 9)}"`,
  (next) =>
    `tag:Stack=arn:aws:cloudformation:eu-central-1:${111_122_223_333 + whole(next, 999)}:stack/${pick(next, PARTS)}/${guid(next)}`,
  (next) => `tag:Machine=${guid(next)}`,
];

const host = (next: Next): string =>
  pick(next, [
    () => `kms${whole(next, 9)}.${pick(next, DOMAINS)}:1688`,
    () => [10, whole(next, 255), whole(next, 255), whole(next, 255)].join('.'),
    () => `[fd00:${hexDigits(next, 4)}::${hexDigits(next, 4)}]:1688`,
  ])();

const name = (next: Next): string => pick(next, NAMES)(next);
const names = (next: Next): string =>
  Array.from({ length: 1 + whole(next, 25) }, () => name(next)).join(pick(next, [' ', ', ']));
const stored = (next: Next): string =>
  `contoso-${pick(next, ['mak', 'host'])}-${pick(next, ['ws2022', '2019', 'win10'])}`;
const domainLine = (next: Next): string =>
  pick(next, [() => pick(next, DOMAINS), () => `${pick(next, DOMAINS)},${whole(next, 99)},${whole(next, 99)}`])();

const COMMANDS: readonly ((next: Next) => string)[] = [
  (next) => `check ${names(next)}`,
  (next) => `check all site:${pick(next, ['tokyo', 'frankfurt'])}`,
  (next) => `diagnose ${name(next)}`,
  (next) => `activate ${names(next)}`,
  (next) => `point ${names(next)} ${host(next)}`,
  (next) => `test ${name(next)} ${host(next)}`,
  (next) => `set ${names(next)} lookup ${pick(next, DOMAINS)}`,
  (next) => `key ${names(next)} ${stored(next)}`,
  (next) => `phone ${name(next)}`,
  (next) => `rearm ${name(next)} restart`,
  (next) => `host ${name(next)} setup ${stored(next)}`,
  (next) =>
    `host ${name(next)} domains ${Array.from({ length: 1 + whole(next, 19) }, () => domainLine(next)).join(' ')}`,
  (next) => `host ${name(next)} intervals ${15 + whole(next, 999)} ${15 + whole(next, 43_000)}`,
  (next) => `dns add ${pick(next, DOMAINS)} ${host(next)} ${whole(next, 99)} ${whole(next, 99)}`,
  (next) => `error 0x${hexDigits(next, 8).toUpperCase()}`,
  (next) => `undo ${hexDigits(next, 10)}`,
  (next) => `audit ${name(next)} since 2026-${10 + whole(next, 3)}-${10 + whole(next, 18)}`,
];

/** A command that must be taken. */
export const ordinaryCommand = (next: Next): string => pick(next, COMMANDS)(next);
