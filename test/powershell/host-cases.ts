/** Runs on machines that hold a KMS host key. */
import { CIM_QUESTIONS, HOST_QUESTIONS } from '../lab/inspect/questions.ts';
import { firewallCases } from './firewall-cases.ts';
import { ADVERSARIAL, crowdedMachine } from './fixtures/crowded-machine.ts';
import { crowdedRequests } from './fixtures/crowded-requests.ts';
import { plainHost, roleRow } from './fixtures/plain-host.ts';
import { licensingEvent, type PlainMachine, plainSurface, productRow, sz } from './fixtures/plain-machine.ts';
import { failing, host } from './host-case.ts';
import { type InspectCase, NOW, plain } from './plain-case.ts';

const NEVER = 0xffffffff;
const neverAsked = roleRow({
  KeyManagementServiceCurrentCount: NEVER,
  RequiredClientCount: NEVER,
  KeyManagementServiceTotalRequests: NEVER,
  KeyManagementServiceFailedRequests: NEVER,
  KeyManagementServiceUnlicensedRequests: NEVER,
  KeyManagementServiceLicensedRequests: NEVER,
  KeyManagementServiceOOBGraceRequests: NEVER,
  KeyManagementServiceOOTGraceRequests: NEVER,
  KeyManagementServiceNonGenuineGraceRequests: NEVER,
  KeyManagementServiceNotificationRequests: NEVER,
});

const svc = (row: ReturnType<typeof roleRow>): Partial<PlainMachine> => ({
  cim: { [CIM_QUESTIONS.svc.className]: { ok: [row] } },
});
const onPort = (port: number, more: Partial<PlainMachine> = {}): Partial<PlainMachine> => ({
  ...svc(roleRow({ KeyManagementServiceListeningPort: port })),
  ...more,
});

const roles = (): InspectCase[] => [
  host('healthy'),
  host('never asked', { ...svc(neverAsked), requests: [] }),
  host(
    'quiet and unhurried',
    svc(roleRow({ KeyManagementServiceDnsPublishing: false, KeyManagementServiceLowPriority: true })),
  ),
  host('on another port', onPort(1690, { tcp: { '127.0.0.1|1690': 'ok' } })),
  host('nothing listens', { tcp: { '127.0.0.1|1688': 'refused' } }),
  host('listens in vain', { tcp: { '127.0.0.1|1688': 'timeout' } }),
  host('listens without answering', { bind: { '127.0.0.1|1688': 'silent' } }),
  host('another service listens', { bind: { '127.0.0.1|1688': { bytes: '485454502f312e31203430300d0a0d0a' } } }),
  host('its service cannot be asked', {
    ...failing(CIM_QUESTIONS.svc.className, '80041010'),
    registry: {
      'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform': {
        KeyManagementServiceListeningPort: sz('1688'),
      },
    },
  }),
  host('nothing else answers in time', {
    cim: {
      [CIM_QUESTIONS.rt.className]: { error: { hresult: '80041010', afterMs: 60_000 } },
      [CIM_QUESTIONS.spp.className]: { error: { hresult: '80041010', afterMs: 11_000 } },
    },
    events: { error: { hresult: '800706BA', afterMs: 60_000 } },
    ntp: {},
    dns: Object.fromEntries(
      [
        '_vlmcs._tcp.corp.example|SRV',
        '_vlmcs._tcp.corp.example|SRV|10.0.0.2',
        'kms.corp.example|A',
        'kms.corp.example|AAAA',
      ].map((question) => [question, { win32: 1460, afterMs: 60_000 }]),
    ),
  }),
  host('its service hangs', failing(CIM_QUESTIONS.svc.className, '80041010', 60_000)),
  // Neither the service nor the products say what it is: then nothing of a host is asked.
  plain('host: nobody can tell', {
    cim: {
      [CIM_QUESTIONS.svc.className]: { error: { hresult: '80041010' } },
      [CIM_QUESTIONS.prod.className]: { error: { hresult: '80041010' } },
    },
  }),
  plain('host: known by its service alone', {
    ...plainHost(),
    cim: { ...plainHost().cim, [CIM_QUESTIONS.prod.className]: { ok: [productRow()] } },
  }),
];

const published = (id: number, ...data: readonly string[]) =>
  licensingEvent(id, 70 + id - 12_293, NOW - id * 100, data);

const publishing = (): InspectCase[] => [
  host('publishing refused', { events: [published(12293, '0x8007232D', 'Lab.Example.')] }),
  host('publishing failed after it went well', {
    events: [published(12293, '0x80072338, corp.example'), published(12294, 'corp.example')],
  }),
  host('publishing events without sense', { events: [published(12293, 'what'), published(12294)] }),
  host('publishing log unreadable', { events: { error: { hresult: '80070005' } } }),
  host('publishing log hangs', { events: { error: { hresult: '800706BA', afterMs: 60_000 } } }),
];

/** The machine whose record is the longest of all: an adversarial client that is a host of 10,000 clients. */
export const adversarialHost = (events: number, clients: number): Partial<PlainMachine> => {
  const crowd = crowdedMachine(ADVERSARIAL);
  const more = plainHost();
  return {
    ...crowd,
    ...(more.registry ? { registry: { ...more.registry, ...crowd.registry } } : {}),
    cim: {
      ...crowd.cim,
      [HOST_QUESTIONS.network.className]: { ok: [{ NetworkCategory: 2 }] },
      ...svc(roleRow({ KeyManagementServiceMachine: `${'a'.repeat(63)}.corp.example` })).cim,
    },
    tcp: { ...crowd.tcp, ...more.tcp },
    bind: { ...crowd.bind, ...more.bind },
    requests: crowdedRequests(events, clients),
    events: [
      ...('error' in crowd.events ? [] : crowd.events),
      published(12293, '0x8007232D', `${'b'.repeat(63)}.example`),
      published(12294, `${'c'.repeat(63)}.example`),
    ],
  };
};

const crowds = (): InspectCase[] => [
  {
    name: 'host: adversarial',
    surface: plainSurface({ ...crowdedMachine(ADVERSARIAL), ...adversarialHost(600, 200) }),
    run: { bind: 'all' },
  },
  {
    name: 'host: adversarial, 43,000 events of 10,000 clients',
    surface: plainSurface({ ...crowdedMachine(ADVERSARIAL), ...adversarialHost(43_000, 10_000) }),
    run: { bind: 'all' },
    live: true,
  },
  { ...host('43,000 events of 10,000 clients', { requests: crowdedRequests(43_000, 10_000) }), live: true },
  { ...host('43,000 events, slowly', { requests: crowdedRequests(43_000, 10_000), eventMs: 0.5 }), live: true },
];

/** Every case of a host but those of its requests. */
export const hostCases = (): InspectCase[] => [...roles(), ...publishing(), ...firewallCases(), ...crowds()];
