/** Machines in memory that say what they say with secrets in it, the same ones whenever they are asked. */

import { gzipSync } from 'node:zlib';
import type { Behaviour, ChangeRun, FleetMachine } from '../fakes/memory-fleet.ts';
import { random, seedOf, whole } from '../lab/random.ts';
import { type MadeUp, madeUp, written } from './made-up.ts';

/** What was planted so far, and in how many outputs. */
export interface Planted {
  readonly secrets: Map<string, MadeUp>;
  outputs: number;
}

export const nothingPlanted = (): Planted => ({ secrets: new Map(), outputs: 0 });

/** What tells a line from garbage; a machine that says something else there is not understood at all. */
const FRAME = ['v', 'doc', 'op', 'res', 'iid', 'dig'];

type Json = unknown;

/** The machine, infected by this seed; `severity` is the share of texts with a secret in them. */
export const infected = (machine: FleetMachine, seed: string, severity: number, planted: Planted): FleetMachine => {
  const { change } = machine;
  const say = (behaviour: Behaviour, what: string): Behaviour =>
    infectedAnswer(behaviour, `${seed} ${what}`, severity, planted);
  return {
    ...machine,
    get behaviour() {
      return say(machine.behaviour, 'Inspect');
    },
    ...(change === undefined
      ? {}
      : { change: (run: ChangeRun) => say(change(run), `${run.document} ${run.operation}`) }),
  };
};

const infectedAnswer = (behaviour: Behaviour, seed: string, severity: number, planted: Planted): Behaviour => {
  if (behaviour.answer.kind !== 'output') return behaviour;
  planted.outputs += 1;
  const text = infectedOutput(behaviour.answer.text, seed, severity, planted);
  return { ...behaviour, answer: { kind: 'output', text } };
};

const secretFor = (seed: string, planted: Planted): string => {
  const next = random(seedOf(seed));
  const secret = madeUp(next);
  planted.secrets.set(secret.value, secret);
  return written(next, secret);
};

/** How an output goes wrong, by chance; most are well-formed, with secrets in their texts. */
const infectedOutput = (text: string, seed: string, severity: number, planted: Planted): string => {
  const next = random(seedOf(`${seed} shape`));
  const secret = (what: string) => secretFor(`${seed} ${what}`, planted);
  const json = /^KMSBOT1 (.*)\r?\n/.exec(text)?.[1];
  const line = json === undefined ? text : `KMSBOT1 ${infectedJson(json, seed, severity, planted)}\r\n`;
  const share = next() / severity;
  if (share < 0.2) return `${secret('before')}\r\n${line}`;
  if (share < 0.4) return `${line}----------ERROR-------\r\nslmgr.vbs : ${secret('behind')} is not valid\r\n`;
  if (share < 0.45) return `${secret('alone')}\r\n`;
  if (share < 0.5) return line.slice(0, whole(next, line.length));
  if (share < 0.55) return `KMSBOT1 ${secret('for the record')}\r\n`;
  if (share < 0.9 && line !== text) return packed(line);
  if (share < 1) return `KMSBOT1 {"v":1,"${secret('for a name')}":${whole(next, 9)}\r\n`;
  return line;
};

/** As a document packs what would be too long. */
const packed = (line: string): string =>
  `KMSBOT1Z ${gzipSync(line.slice('KMSBOT1 '.length).trimEnd()).toString('base64')}\r\n`;

/** Agents print ASCII alone. */
const ascii = (value: Json): string =>
  JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const infectedJson = (json: string, seed: string, severity: number, planted: Planted): string => {
  const visit = (value: Json, path: string): Json => {
    if (Array.isArray(value)) return value.map((each, at) => visit(each, `${path}[${at}]`));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [
          name,
          FRAME.includes(name) && path === '' ? each : visit(each, `${path}.${name}`),
        ]),
      );
    const next = random(seedOf(`${seed} ${path}`));
    const isMarked = next() < (typeof value === 'string' ? severity : severity / 10);
    if (!isMarked) return value;
    const secret = secretFor(`${seed} ${path} secret`, planted);
    return next() < 0.5 ? secret : `${String(value)} ${secret}`;
  };
  const told = visit(JSON.parse(json), '') as Record<string, Json>;
  if (random(seedOf(`${seed} more`))() < severity)
    told[secretFor(`${seed} name`, planted)] = secretFor(`${seed} value`, planted);
  const printed = ascii(told);
  // Digits as a number, which no field of a record is.
  return random(seedOf(`${seed} digits`))() < severity / 2
    ? printed.replace(/}$/, `,"n":${digitsFor(seed, planted)}}`)
    : printed;
};

const digitsFor = (seed: string, planted: Planted): string => {
  const next = random(seedOf(`${seed} number`));
  const groups = Array.from({ length: 8 }, () => String(100_000 + whole(next, 899_999)));
  const secret: MadeUp = { what: 'Confirmation ID', value: groups.join('-'), groups };
  planted.secrets.set(secret.value, secret);
  return groups.join('');
};
