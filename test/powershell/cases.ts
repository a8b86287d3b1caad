/** Runs of `KmsBot-Inspect` that are made both ways: by the lab's model and by the document's own text. */
import { CIM_QUESTIONS, REGISTRY_QUESTIONS } from '../lab/inspect/questions.ts';
import { seededWorld } from '../lab/world/seeded-world.ts';
import { createWorld } from '../lab/world/world.ts';
import { edgeCases, longCases } from './edge-cases.ts';
import {
  adapterRow,
  licensingEvent,
  type PlainMachine,
  productRow,
  serviceRow,
  srv,
  sz,
} from './fixtures/plain-machine.ts';
import { hostCases } from './host-cases.ts';
import { type InspectCase, NOW, plain } from './plain-case.ts';
import { requestCases } from './request-cases.ts';
import { targetCases } from './target-cases.ts';

/** Every running Windows machine of the seeded fleet. */
export const seededCases = (): InspectCase[] => {
  const state = seededWorld({ seed: 1, nowMs: NOW });
  const world = createWorld({ state, clock: { now: () => NOW }, random: () => 0.5 });
  return state.nodes
    .filter((node) => node.windows !== undefined && node.instanceState === 'running')
    .map((node) => ({ name: node.name, surface: world.surface(node.id), run: { bind: 'all', nodeId: node.id } }));
};

const broken = (className: string, hresult: string, afterMs?: number): Partial<PlainMachine> => ({
  cim: { [className]: { error: { hresult, ...(afterMs === undefined ? {} : { afterMs }) } } },
});

/** One probe failing at a time, at once and after longer than it is given. */
export const brokenCases = (): InspectCase[] => [
  ...Object.entries(CIM_QUESTIONS).flatMap(([key, { className }]) => [
    plain(`${key}: invalid class`, broken(className, '80041010')),
    plain(`${key}: hangs`, broken(className, '80041010', 60_000)),
    plain(`${key}: no instance`, { cim: { [className]: { ok: [] } } }),
  ]),
  plain('evt: access denied', { events: { error: { hresult: '80070005' } } }),
  plain('evt: hangs', { events: { error: { hresult: '800706BA', afterMs: 60_000 } } }),
  plain('imds: not there', { imds: { error: { hresult: '80131509', afterMs: 21_000 } } }),
  plain('imds: refused', { imds: { error: { hresult: '80131509' } } }),
  plain('dns: nobody answers', {
    dns: Object.fromEntries(
      [
        '_vlmcs._tcp.corp.example|SRV',
        '_vlmcs._tcp.corp.example|SRV|10.0.0.2',
        'kms.corp.example|A',
        'kms.corp.example|AAAA',
      ].map((key) => [key, { win32: 1460, afterMs: 11_000 }]),
    ),
    pings: [],
  }),
  ...[9003, 9501, 9701, 9002, 9005, 1460, 9852, 9017].map((win32) =>
    plain(`srv: ${win32}`, { dns: { '_vlmcs._tcp.corp.example|SRV': { win32 } } }),
  ),
  plain('srv: no answers', { dns: { '_vlmcs._tcp.corp.example|SRV': { answers: [] } } }),
  plain('clk: nobody answers', { ntp: {} }),
  ...(['timeout', 'refused', 'unreachable'] as const).map((tcp) =>
    plain(`tcp: ${tcp}`, { tcp: { '10.0.0.10|1688': tcp } }),
  ),
];

// An answer of every kind that can come back on a connected socket.
const BINDS: Readonly<Record<string, string>> = {
  'bind_nak busy': '05000d03100000001500000001000000' + '0200010500',
  'bind_nak version': '05000d03100000001500000001000000' + '0400010500',
  'abstract syntax rejected':
    '05000c03100000003c00000001000000b810b810010000000500313638380000010000000200010000000000000000000000000000000000' +
    '00000000',
  fault: '05000303100000002000000001000000' + '00000000000000000000000000000000',
  'cut short': '05000c03100000003c0000000100',
  'shorter than it says': '05000c03100000003c00000001000000b810b810',
  'impossible length': '05000c0310000000ffff000001000000b810b810',
  'SSH server': Buffer.from('SSH-2.0-OpenSSH_9.6\r\n').toString('hex'),
  empty: '',
};

/** Everything that a connected socket may answer to the bind. */
export const bindCases = (): InspectCase[] => [
  ...Object.entries(BINDS).map(([name, bytes]) => plain(`bind: ${name}`, { bind: { '10.0.0.10|1688': { bytes } } })),
  ...(['closed', 'silent'] as const).map((bind) => plain(`bind: ${bind}`, { bind: { '10.0.0.10|1688': bind } })),
];

const HOSTILE = [
  `' "; exit 5; $(Write-Output hurt) \`n`,
  'line\r\nline\n\ttab',
  'nul \u0000 bell \u0007 del \u007f escape \u001b[31m',
  'lone \ud800 and \udc00 surrogates, \u{1f5ff}',
  '{"v":1} \\u0041 \\',
  'İıſK ÄÖÜ 経理',
];

const hostileCase = (text: string, index: number): InspectCase =>
  plain(`hostile text ${index + 1}`, {
    cim: {
      [CIM_QUESTIONS.computer.className]: { ok: [{ Name: text, Domain: text, DomainRole: 1 }] },
      [CIM_QUESTIONS.prod.className]: {
        ok: [
          productRow({ ID: text, ApplicationID: text, LicenseFamily: '', Name: text, Description: text }),
          productRow({ LicenseFamily: text, PartialProductKey: text, KeyManagementServiceMachine: text }),
          productRow({ ApplicationID: '0ff1ce15-a989-479d-af46-f275c6370663', KeyManagementServiceLookupDomain: text }),
        ],
      },
      [CIM_QUESTIONS.svc.className]: { ok: [serviceRow({ Version: text, ClientMachineID: text })] },
      [CIM_QUESTIONS.spp.className]: { ok: [{ Name: 'sppsvc', State: text, StartMode: text }] },
      [CIM_QUESTIONS.net.className]: { ok: [adapterRow({ IPAddress: [text], DNSDomain: text })] },
    },
    registry: {
      [REGISTRY_QUESTIONS.tcpip]: { Hostname: sz(text), Domain: sz(text), SearchList: sz(`${text},a.example`) },
    },
    dns: { '_vlmcs._tcp.a.example|SRV': { answers: [srv(text)] } },
    events: [
      licensingEvent(12288, 2, NOW - 1000, [`0xC004F074, 0x0, ${text}, 0`]),
      licensingEvent(12288, 1, NOW - 2000, [text]),
    ],
  });

/** Names that make other people's programs fall over. */
export const hostileCases = (): InspectCase[] => HOSTILE.map(hostileCase);

/** All cases, by name. */
export const allCases = (): InspectCase[] => [
  ...seededCases(),
  ...brokenCases(),
  ...bindCases(),
  ...hostileCases(),
  ...targetCases(),
  ...edgeCases(),
  ...longCases(),
  ...hostCases(),
  ...requestCases(),
];
