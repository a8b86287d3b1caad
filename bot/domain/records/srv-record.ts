/** SRV values as text, parsed and formatted in this one place. */
import type { ZoneSrv } from '../diagnosis/facts.ts';
import { compare } from '../digest.ts';
import { comparable, plainName, readTarget } from './dns-name.ts';
import type { SrvAnswer } from './srv-answer.ts';

const BIGGEST = 0xffff;

/** A field of 16 bits in decimal digits, leading zeros allowed; undefined for anything else. */
const short = (digits: string): number | undefined => {
  const value = /^[0-9]{1,10}$/.test(digits) ? Number(digits) : undefined;
  return value !== undefined && value <= BIGGEST ? value : undefined;
};

/** Four fields, the target as plain text: neither empty nor the root, which means "no such service". */
const fieldsOf = (text: string): ZoneSrv | undefined => {
  const fields = text.trim().split(/\s+/);
  const [priority, weight, port] = fields.slice(0, 3).map(short);
  const target = plainName(fields[3] ?? '');
  if (fields.length !== 4 || target === '') return undefined;
  if (priority === undefined || weight === undefined || port === undefined) return undefined;
  return { priority, weight, port, target };
};

/**
 * What an SRV value says, whatever it names: the target may be an address or a single label, which is somebody's mistake
 * but stands there. `undefined` where there are not four fields, or the target is the root.
 */
export const srvFields = (text: string): ZoneSrv | undefined => {
  const fields = fieldsOf(text);
  return fields && { ...fields, target: comparable(fields.target) ?? fields.target };
};

/** A value that names a KMS host at a port; `undefined` for any other, which the bot keeps but never takes for its own. */
export const parseSrv = (text: string): SrvAnswer | undefined => {
  const fields = fieldsOf(text);
  if (fields === undefined || fields.port === 0) return undefined;
  const parsed = readTarget(fields.target);
  return parsed.ok ? { ...fields, target: parsed.target } : undefined;
};

/** As the bot writes it: single blanks, and always a trailing dot, or some servers would append the zone's name. */
export const formatSrv = ({ priority, weight, port, target }: SrvAnswer): string =>
  `${priority} ${weight} ${port} ${target}.`;

/** Whether two answers mean the same. */
export const sameAnswer = (a: SrvAnswer, b: SrvAnswer): boolean => formatSrv(a) === formatSrv(b);

/** In the order clients try them: lowest priority first, then the larger share; by name where nothing else tells. */
export const compareAnswers = (a: SrvAnswer, b: SrvAnswer): number =>
  a.priority - b.priority || b.weight - a.weight || compare(a.target, b.target) || a.port - b.port;
