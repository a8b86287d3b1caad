/** The parts of the record that the machine itself answers. */
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import type { CimInstance, RegistryValue, Surface, WindowsEvent } from '../world/surface.ts';
import { eventsOf } from './events.ts';
import { productsOf, serviceOf } from './products.ts';
import { CLIENT_EVENTS, EVENT_PROVIDER, REGISTRY_QUESTIONS } from './questions.ts';
import { askAllCim, askOutcome, LIMITS, type Probe, type Received, type Stopwatch } from './run.ts';
import { distinct, hostName, items, lower, number, text, trimmed } from './text.ts';

/** What local probes found: parts of the record, and what later probes need. */
export interface LocalFacts {
  readonly parts: Partial<WireRecord>;
  readonly failed: Readonly<Record<string, string>>;
  readonly suffixes: Suffixes;
  /** Active Directory domain; empty for a workgroup machine and where it could not be read. */
  readonly domain: string;
}

export interface Suffixes {
  readonly primary: string;
  readonly list: string[];
  readonly host: string;
}

type Values = Readonly<Record<string, RegistryValue>>;

const readKey = (surface: Surface, path: string): Values | undefined => {
  const values = surface.registry(path);
  return values === 'missing' ? undefined : values;
};

const suffixesOf = (surface: Surface): Suffixes => {
  const tcpip = readKey(surface, REGISTRY_QUESTIONS.tcpip);
  const sources = [tcpip, readKey(surface, REGISTRY_QUESTIONS.policy)].filter((source) => source !== undefined);
  const primaries = sources
    .flatMap((source) => [source.Domain, source.PrimaryDnsSuffix, source['NV PrimaryDnsSuffix']])
    .map((entry) => hostName(entry?.value))
    .filter((suffix) => suffix !== '');
  const searches = sources.map((source) => text(source.SearchList?.value)).filter((list) => trimmed(list) !== '');
  const list = (searches.at(-1) ?? '').split(',').map(hostName);
  return {
    primary: primaries.at(-1) ?? '',
    list: distinct(list.filter((suffix) => suffix !== '')),
    host: text(tcpip?.Hostname?.value),
  };
};

const osOf = (surface: Surface, os: CimInstance, computer: CimInstance): NonNullable<WireRecord['os']> => {
  const windows = readKey(surface, REGISTRY_QUESTIONS.windows) ?? {};
  const revision = windows.UBR === undefined ? '' : `.${number(windows.UBR.value)}`;
  return {
    b: text(os.BuildNumber) + revision,
    ed: text(windows.EditionID?.value),
    sku: number(os.OperatingSystemSKU),
    pt: number(os.ProductType),
    ui: items(os.MUILanguages)[0] ?? '',
    role: number(computer.DomainRole),
  };
};

const registryOf = (surface: Surface): NonNullable<WireRecord['reg']> | undefined => {
  const spp = readKey(surface, REGISTRY_QUESTIONS.spp);
  if (spp === undefined) return undefined;
  return {
    skip: number(spp.SkipRearm?.value),
    nopub: spp.DisableDnsPublishing === undefined ? null : number(spp.DisableDnsPublishing.value),
    list: items(spp.DnsDomainPublishList?.value),
  };
};

const networkOf = (rows: readonly CimInstance[], suffixes: Suffixes): NonNullable<WireRecord['net']> => ({
  if: rows.map((row) => ({
    ip: items(row.IPAddress).map(lower),
    gw: items(row.DefaultIPGateway).map(lower),
    dns: items(row.DNSServerSearchOrder).map(lower),
    sfx: hostName(row.DNSDomain),
  })),
  sfx: suffixes.primary,
  list: suffixes.list,
});

const routesOf = (rows: readonly CimInstance[]): NonNullable<WireRecord['rt']> =>
  rows.map((row) => [text(row.Destination), text(row.NextHop), number(row.InterfaceIndex), number(row.Metric1)]);

/** The newest events of the licensing service in the Application log: of each id as many as asked for. */
export const askEvents = (
  surface: Surface,
  questions: readonly (readonly [id: number, max: number])[],
): Probe<readonly WindowsEvent[]> => {
  const found: WindowsEvent[] = [];
  for (const [id, max] of questions) {
    const probe = askOutcome(surface.events('Application', [id], max));
    if (!('value' in probe)) return probe;
    found.push(...probe.value.filter(({ provider }) => provider === EVENT_PROVIDER));
  }
  return { value: found, ms: 0 };
};

/** A part of one CIM row: absent rows are `missing`. */
const single = <T>(rows: readonly CimInstance[], read: (row: CimInstance) => T): Received<T> =>
  rows[0] === undefined ? { error: 'missing' } : { value: read(rows[0]) };

const then = <A, B>(received: Received<A>, next: (value: A) => Received<B>): Received<B> =>
  'value' in received ? next(received.value) : received;

/** Asks everything local at once, within one deadline. */
export const readLocalFacts = (surface: Surface, watch: Stopwatch): LocalFacts => {
  const cim = askAllCim(surface);
  const events = askEvents(surface, CLIENT_EVENTS);
  const allowance = watch.allowance(LIMITS.local);
  const get = <T>(probe: Probe<T>): Received<T> => watch.receive([probe], allowance)[0] ?? { error: 'empty' };
  const suffixes = suffixesOf(surface);
  const computer = then(get(cim.computer), (rows) => single(rows, (row) => row));
  const read = then(get(events), (found) => ({ value: eventsOf(found) }));
  const registry = registryOf(surface);
  const results: { readonly [K in keyof WireRecord]?: Received<WireRecord[K]> } = {
    os: then(get(cim.os), (rows) =>
      then(computer, (row) =>
        then(
          single(rows, (os) => os),
          (os) => ({ value: osOf(surface, os, row) }),
        ),
      ),
    ),
    svc: then(get(cim.svc), (rows) => single(rows, serviceOf)),
    prod: then(get(cim.prod), (rows) => ({ value: productsOf(rows) })),
    spp: then(get(cim.spp), (rows) => single(rows, (row): [string, string] => [text(row.State), text(row.StartMode)])),
    reg: registry === undefined ? { error: 'missing' } : { value: registry },
    net: then(get(cim.net), (rows) => ({ value: networkOf(rows, suffixes) })),
    evt: then(read, ({ evt }) => ({ value: evt })),
    rt: then(get(cim.rt), (rows) => ({ value: routesOf(rows) })),
  };
  watch.pass([...Object.values(cim), events], allowance);
  return {
    ...collect(results),
    ...('value' in read && read.value.garbled ? { failed: { ...collect(results).failed, evt: 'garbled' } } : {}),
    suffixes,
    ...named(computer, suffixes, collect(results).parts),
  };
};

const named = (computer: Received<CimInstance>, suffixes: Suffixes, parts: Partial<WireRecord>) => {
  const row = 'value' in computer ? computer.value : {};
  const workgroup = [0, 2].includes(number(row.DomainRole));
  return {
    parts: { ...parts, name: text(row.Name) || suffixes.host },
    domain: workgroup ? '' : hostName(row.Domain),
  };
};

const collect = (results: Readonly<Record<string, Received<unknown>>>) => {
  const entries = Object.entries(results);
  return {
    parts: Object.fromEntries(
      entries.flatMap(([key, r]) => ('value' in r ? [[key, r.value]] : [])),
    ) as Partial<WireRecord>,
    failed: Object.fromEntries(entries.flatMap(([key, r]) => ('value' in r ? [] : [[key, r.error]]))),
  };
};
