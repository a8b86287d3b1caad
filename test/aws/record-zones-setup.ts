/** The contracts' zones in memory and in simulated accounts. */
import type { ZoneFacts } from '../../bot/domain/diagnosis/facts.ts';
import type { ExactSet, NameState } from '../../bot/domain/records/record-set.ts';
import { CONTRACT_ZONES, type ContractZone, VPC } from '../contracts/record-zones.ts';
import { memoryRecordSets } from '../fakes/memory-record-sets.ts';
import { memoryRecordWriter } from '../fakes/memory-record-writer.ts';
import { nameKey } from '../fakes/memory-zone-states.ts';
import { FRANKFURT, TOKYO } from '../lab/aws/accounts-under-test.ts';
import type { LabRecordSet, LabZone } from '../lab/world/types.ts';
import { set, startRecordSets, WRITE, zone } from './record-sets-setup.ts';

/** A domain below that a forwarding rule of Tokyo's network holds for. */
const RULE = 'ad.example';

const exactly = (name: string, type: LabRecordSet['type'], held: ExactSet | undefined): LabRecordSet[] =>
  held === undefined ? [] : [{ name, type, ttl: held.ttlSeconds, values: [...held.values] }];

const routed = ({ values, ...rest }: LabRecordSet): LabRecordSet[] =>
  values.map((value, n) => ({ ...rest, values: [value], setIdentifier: `s${n}`, weight: 10 }));

const setsAt = (domain: string, { srv, txt, untouchable }: NameState): LabRecordSet[] => {
  const name = `_vlmcs._tcp.${domain}.`;
  if (untouchable === 'cname') return [set(name, 'CNAME', 'elsewhere.example.')];
  const sets = [...exactly(name, 'SRV', srv), ...exactly(name, 'TXT', txt)];
  return untouchable === 'routed' ? sets.flatMap(routed) : sets;
};

/** Busy for no time, so that a test's next batch is taken; in sync after half a minute. */
const labZone = ({ names, addresses, aliases, keptBy, ...facts }: ContractZone): LabZone =>
  zone(
    facts.name,
    [
      ...Object.entries(names).flatMap(([domain, state]) => setsAt(domain, state)),
      ...Object.entries(addresses).flatMap(([name, held]) =>
        held.map((address) => set(`${name}.`, address.includes(':') ? 'AAAA' : 'A', address)),
      ),
      ...aliases.map((name) => set(`${name}.`, 'CNAME', 'elsewhere.example.')),
    ],
    {
      id: facts.zoneId,
      site: facts.siteId,
      private: facts.private,
      vpcs: [...facts.vpcIds],
      busySeconds: 0,
      propagationSeconds: 30,
      ...(keptBy === undefined ? {} : { linkedService: { principal: keptBy, description: 'a namespace' } }),
    },
  );

const memoryZone = ({ names: _, keptBy: __, aliases: ___, ...facts }: ContractZone): ZoneFacts => ({
  ...facts,
  srv: [],
  otherTypes: [],
});

/** Everything a contract needs, over fakes. */
export const recordsInMemory = async () => {
  const recordSets = memoryRecordSets();
  const recordWriter = memoryRecordWriter(recordSets);
  recordWriter.looksBeforeSync = 1;
  recordSets.rules.set(VPC, [RULE]);
  for (const each of CONTRACT_ZONES) {
    recordSets.zones.push(memoryZone(each));
    for (const name of each.aliases) recordSets.aliases.add(nameKey(each.zoneId, name));
    if (each.keptBy !== undefined) recordSets.keptBy.set(each.zoneId, each.keptBy);
    for (const [domain, state] of Object.entries(each.names)) {
      recordSets.names.set(nameKey(each.zoneId, domain), state);
    }
  }
  return {
    recordSets,
    recordWriter,
    tokyo: TOKYO,
    frankfurt: FRANKFURT,
    setRights: (allowed: boolean) => {
      if (allowed) delete recordSets.missingRight;
      else recordSets.missingRight = 'route53:GetHostedZone';
    },
    settle: async () => {},
    close: async () => {},
  };
};

/** The same over Route 53 of two simulated accounts. */
export const recordsOverRoute53 = async () => {
  const { recordSets, recordWriter, observe, frankfurt, lab } = await startRecordSets(
    CONTRACT_ZONES.map(labZone),
    {},
    WRITE,
  );
  const { policies } = observe;
  const [vpc] = lab.world.state.vpcs;
  if (vpc !== undefined) vpc.resolverRules = [{ id: 'rslvr-rr-1', name: 'ad', domain: RULE, servers: ['10.0.0.9'] }];
  return {
    recordSets,
    recordWriter,
    tokyo: TOKYO,
    frankfurt,
    setRights: (allowed: boolean) => {
      observe.policies = allowed ? policies : [];
    },
    settle: () => lab.clock.advance(60_000),
    close: lab.close,
  };
};
