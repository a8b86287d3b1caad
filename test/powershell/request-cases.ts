/** Runs that differ in the log of requests to a KMS host. */
import type { WindowsEvent } from '../lab/world/surface.ts';
import {
  cmidOf,
  type NotedRequest,
  plainHost,
  type RequestForm,
  requestEvent,
  requestLog,
} from './fixtures/plain-host.ts';
import type { PlainMachine } from './fixtures/plain-machine.ts';
import { type InspectCase, plain } from './plain-case.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

const log = (name: string, requests: PlainMachine['requests'], eventMs?: number): InspectCase =>
  plain(
    `requests: ${name}`,
    plainHost({ ...(requests ? { requests } : {}), ...(eventMs === undefined ? {} : { eventMs }) }),
  );

/** One name's contacts with one CMID, weekly from the newest to the oldest. */
const weekly = (cmid: number, name: string, newest: number, weeks: number): NotedRequest[] =>
  Array.from({ length: weeks }, (_, week) => ({ cmid: cmidOf(cmid), name, secondsAgo: newest + week * 7 * DAY }));

const fleet: readonly NotedRequest[] = Array.from({ length: 9 }, (_, i) => ({
  cmid: cmidOf(i),
  name: `srv-${i}`,
  secondsAgo: HOUR + i * 3 * DAY,
  needs: i % 2 === 0 ? 25 : 5,
  ...(i % 4 === 3 ? { code: '0xC004F042' } : {}),
}));

const copies: readonly NotedRequest[] = [
  // Three machines of one image, in turns; one of them under two spellings.
  ...weekly(1, 'FARM-A.corp.example', HOUR, 4),
  ...weekly(1, 'farm-b', 2 * DAY, 3),
  ...weekly(1, 'farm-c.', 3 * DAY, 3),
  ...weekly(1, 'farm-a.corp.example.', 4 * DAY, 2),
  // Renamed once: the old name stops before the new one starts.
  ...weekly(2, 'new-name', HOUR, 2),
  ...weekly(2, 'old-name', 9 * DAY, 3),
  // Renamed, then another machine in between.
  ...weekly(3, 'one', HOUR, 2),
  ...weekly(3, 'two', 10 * DAY, 2),
  ...weekly(3, 'three', 13 * DAY, 1),
  // The same name in two cases is one machine.
  ...weekly(4, 'SAME', HOUR, 3),
  ...weekly(4, 'same', 2 * HOUR, 3),
  // Two names at the very same second.
  { cmid: cmidOf(5), name: 'left', secondsAgo: DAY },
  { cmid: cmidOf(5), name: 'right', secondsAgo: DAY },
  ...weekly(6, 'ÄÖÜ-Ａ', HOUR, 2),
  ...weekly(6, '経理-PC', DAY, 2),
  ...weekly(6, '', DAY, 2),
];

const manyCopies: readonly NotedRequest[] = Array.from({ length: 8 }, (_, image) =>
  Array.from({ length: 2 + image }, (_, machine) =>
    weekly(image, `copy-${image}-${machine}`, machine * HOUR, 3),
  ).flat(),
).flat();

const single = (data: readonly string[], secondsAgo: number): WindowsEvent => ({
  ...requestEvent({ secondsAgo, name: '', cmid: '' }, 1),
  data,
});

const CMID = cmidOf(77);
const strange: readonly WindowsEvent[] = [
  single([], 1),
  single([''], 2),
  single(['0x0,5,name'], 3),
  single([`0x0,5,name,${CMID.toUpperCase()},x`], 4),
  single([`0x0, 25 , Name ,  ${CMID} ,x`], 5),
  single(['0x0', '5', 'name', 'no guid', 'x'], 6),
  single([`0x80070005,5,joined,${cmidOf(78)}`, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'], 7),
  single([`success,5,name,${cmidOf(79)}`], 8),
  single([`0xc004f042,5,name,${CMID}`], 9),
  single([`0x00000000,5,name,${cmidOf(80)}`], 10),
  single(['x', '0x1', '5', 'shifted', `{${CMID}}`, 'x', 'x', 'x', 'x', 'x'], 11),
  single(['0x123456789', '5', 'shifted', CMID, 'x'], 12),
];

const codes = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'A'].flatMap((digit, index) =>
  Array.from({ length: index + 1 }, (_, i) => ({
    cmid: cmidOf(index),
    name: `srv-${index}`,
    secondsAgo: 100 * index + i,
    code: `0xC004F04${digit}`,
  })),
);

/** Every way a host's log of requests can look. */
export const requestCases = (): InspectCase[] => [
  ...(['joined', 'elements', 'shifted'] as const).map((form: RequestForm) => log(form, requestLog(fleet, form))),
  log('all forms in turns', requestLog(fleet, 'joined', 'shifted', 'elements')),
  log('none', []),
  log('copies and renames', requestLog(copies, 'shifted')),
  log('copies in joined texts', requestLog(copies, 'joined')),
  log('more copies than are named', requestLog(manyCopies, 'shifted')),
  log('strange', strange),
  log('more codes than are told', requestLog(codes, 'shifted')),
  log('older than thirty days', requestLog([...fleet, ...weekly(20, 'old', 20 * DAY, 4)], 'shifted')),
  log('of the future', requestLog([...fleet, { cmid: cmidOf(30), name: 'ahead', secondsAgo: -5 * DAY }], 'shifted')),
  log('at the edge', requestLog([{ cmid: cmidOf(1), name: 'edge', secondsAgo: 30 * DAY }], 'shifted')),
  log('read slowly', requestLog(manyCopies, 'shifted'), 256),
  log('unreadable', { error: { hresult: '80070005' } }),
  log('not there', { error: { hresult: '80073A9F' } }),
  log('hanging', { error: { hresult: '800706BA', afterMs: 60_000 } }),
  { ...log('in Turkish', requestLog(copies, 'shifted')), culture: 'tr-TR' },
];
