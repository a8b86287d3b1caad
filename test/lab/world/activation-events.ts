/**
 * The events that activation leaves in the logs, field by field as Microsoft's "Volume Activation 2.0 Operations
 * Guide" lays them out. Data is the same in every language but for the time, which is written as the machine's culture
 * writes it; without zone, UTC in the lab.
 */
import { activationId, requiredCount } from './editions.ts';
import { minutesLeft } from './licence-law.ts';
import { DEFAULT_ACTIVATION_MINUTES, DEFAULT_RENEWAL_MINUTES } from './time-spans.ts';
import type { LabNode, LabProduct, LabWindows, WindowsLanguage } from './types.ts';

/** Client events kept a machine, and 12290 events kept a host; older ones are overwritten, as in a full log. */
const KEPT = { Application: 48, 'Key Management Service': 600 } as const;

/** Events beyond the limit that are dropped together, so that a busy host's log is not copied at every request. */
const SLACK = 64;

type Log = keyof typeof KEPT;

/** One exchange of a client with a host. */
export interface Exchange {
  readonly windows: LabWindows;
  readonly product: LabProduct;
  /** Simulated time. */
  readonly atMs: number;
}

/** `HRESULT` as events print it: `0x0`, `0xC004F074`. */
function eventCode(hresult: string): string {
  return Number.parseInt(hresult, 16) === 0 ? '0x0' : `0x${hresult}`;
}

/** A time as the machine's culture writes it. */
function cultureTime(ms: number, language: WindowsLanguage): string {
  const at = new Date(ms);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  const minutes = String(at.getUTCMinutes()).padStart(2, '0');
  if (language === 'ja-JP') return `${year}/${two(month)}/${two(day)} ${at.getUTCHours()}:${minutes}`;
  if (language === 'de-DE') return `${two(day)}.${two(month)}.${year} ${two(at.getUTCHours())}:${minutes}`;
  return `${month}/${day}/${year} ${at.getUTCHours()}:${minutes}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** What the machine's own clock shows at a simulated time. */
export function machineClock(windows: LabWindows, atMs: number): number {
  return atMs + windows.clockOffsetSeconds * 1000;
}

/** Appends an event, dropping the oldest of its log beyond what the log keeps. */
export function writeEvent(windows: LabWindows, log: Log, id: number, atMs: number, data: string[]): void {
  windows.events.push({ id, atMs: machineClock(windows, atMs), data, log });
  if (windows.events.length > KEPT[log] + SLACK) dropOldest(windows, log);
}

function dropOldest(windows: LabWindows, log: Log): void {
  let over = windows.events.filter((event) => event.log === log).length - KEPT[log];
  if (over <= 0) return;
  windows.events = windows.events.filter((event) => event.log !== log || over-- <= 0);
}

/** 12288: a request went to `target` (host:port), or failed on the way there. */
export function writeRequestEvent(exchange: Exchange, target: string, hresult: string): void {
  const { windows, product, atMs } = exchange;
  const fields = [eventCode(hresult), '0x00000000', target, windows.cmid, timeOf(exchange), '1', ...stateOf(exchange)];
  const required = requiredFor(windows, product);
  writeEvent(windows, 'Application', 12288, atMs, [[...fields, required].join(', ')]);
}

/** What a host answered, as the client notes it. */
export interface HostAnswer {
  readonly hresult: string;
  readonly count: number;
  readonly activationMinutes: number;
  readonly renewalMinutes: number;
}

/** 12289: an answer was processed; `activated` says whether it licensed the product. */
export function writeResponseEvent(exchange: Exchange, answer: HostAnswer, activated: boolean): void {
  const flags = answer.hresult === 'C004F038' ? '0x4000008' : '0x0';
  const { hresult, count, activationMinutes, renewalMinutes } = answer;
  const fields = [eventCode(hresult), flags, activated ? 1 : 0, 0, count, activationMinutes, renewalMinutes];
  writeEvent(exchange.windows, 'Application', 12289, exchange.atMs, [[...fields, timeOf(exchange)].join(', ')]);
}

/** 8198: an attempt of the machine's own schedule failed before any host was asked. */
export function writeSchedulerFailure(exchange: Exchange, hresult: string): void {
  const rule = `RuleId=502ff3ba-669a-4674-bbb1-601f34a3b968;Action=AutoActivateSilent;SkuId=${exchange.product.id}`;
  const detail = `${rule};NotificationInterval=1440;Trigger=TimerEvent`;
  writeEvent(exchange.windows, 'Application', 8198, exchange.atMs, [`hr=0x${hresult}`, detail]);
}

/**
 * 12290 on the host: a request was processed. Windows 2012 R2 joins the fields into one string; later hosts give them
 * one by one behind a first element, whose content no public source describes (here the joined string).
 */
export function writeHostEvent(host: LabWindows, client: LabNode, exchange: Exchange, hresult: string): void {
  const { windows, product, atMs } = exchange;
  const name = fullName(client);
  const required = requiredFor(windows, product);
  const fields = [eventCode(hresult), required, name, windows.cmid, timeOf(exchange), '1', ...stateOf(exchange)];
  writeEvent(host, 'Key Management Service', 12290, atMs, hostEventData(host, fields));
}

function hostEventData(host: LabWindows, fields: readonly string[]): string[] {
  const joined = fields.join(',');
  return host.generation === '2012R2' ? [joined] : [joined, ...fields];
}

/** Minutes of a licence that was just renewed. */
const FULL_LICENCE = '259200';

/** 12290 of a client that is no machine of this world and renewed at `contact.atMs`; it stands at its place in time. */
export function writeContactEvent(
  host: LabWindows,
  cmid: string,
  contact: { readonly atMs: number; readonly name: string; readonly requiredCount: number },
): void {
  const needs = String(contact.requiredCount);
  const product =
    needs === '25'
      ? activationId('11', 'Professional', 'Volume:GVLK')
      : activationId('2019', 'ServerStandard', 'Volume:GVLK');
  const at = cultureTime(contact.atMs, 'en-US');
  const fields = ['0x0', needs, contact.name, cmid, at, '1', '1', FULL_LICENCE, product];
  const log = 'Key Management Service';
  writeEvent(host, log, 12290, contact.atMs, hostEventData(host, fields));
  const written = host.events.pop();
  if (written === undefined) return;
  const before = host.events.findLastIndex((event) => event.log === log && event.atMs <= written.atMs);
  host.events.splice(before + 1, 0, written);
}

/** Computer name with its primary suffix, where it has one. */
export function fullName(node: LabNode): string {
  const suffix = node.windows?.primarySuffix ?? '';
  return suffix === '' ? node.name : `${node.name}.${suffix}`;
}

/** Count a product asks for: Office 5, Windows by its generation. */
export function requiredFor(windows: LabWindows, product: LabProduct): string {
  return product.app === 'office' ? '5' : String(requiredCount(windows.generation));
}

function timeOf({ windows, atMs }: Exchange): string {
  return cultureTime(machineClock(windows, atMs), windows.language);
}

function stateOf({ product, atMs }: Exchange): string[] {
  return [String(product.status), String(minutesLeft(product, atMs)), product.id];
}

/**
 * Minutes between attempts and between renewals in force on a client: those of the newest 12289, since a client takes
 * over its host's values; the defaults where no host has answered yet.
 */
export function intervalsOf(windows: LabWindows): { activation: number; renewal: number } {
  const newest = windows.events.findLast((event) => event.id === 12289 && event.log === 'Application');
  const fields = newest?.data[0]?.split(',').map((field) => Number(field)) ?? [];
  return { activation: fields[5] || DEFAULT_ACTIVATION_MINUTES, renewal: fields[6] || DEFAULT_RENEWAL_MINUTES };
}
