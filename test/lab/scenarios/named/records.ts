/** Records, zones and suffixes. */
import { PLACE } from '../environment.ts';
import { faultNamed } from '../faults.ts';
import { roleOf } from '../faults-of-hosts.ts';
import { corporate, forgetHost, lookIn, retireHost, setRecord } from '../faults-of-names.ts';
import { addSecondHost } from '../oddities.ts';
import { addressSet, privateZone } from '../small-network.ts';
import type { Story } from '../story.ts';
import { ADDRESSES, kmsHost, type Scenario, scenarios, toSubject } from './scenario.ts';

const domain = PLACE.domain;
const vpcOf = ({ world, nodeId }: Story): string => world.node(nodeId)?.vpc ?? '';
const zoneOf = ({ world }: Story) => world.state.zones.find((zone) => zone.name === domain)?.id ?? '';

/** Scenarios of records. */
export const RECORDS: readonly Scenario[] = scenarios({
  'srv-missing': {
    title: 'the zone has no record',
    expects: 'record-missing',
    gives: '8007232B',
    breaks: [faultNamed('record-missing')],
    causes: (story) => [{ kind: 'record-missing', domain, host: kmsHost(story) }],
  },
  'srv-missing-never-activated': {
    title: 'a new machine in a zone without record',
    expects: 'record-missing',
    gives: '8007232B',
    past: 'never',
    breaks: [faultNamed('record-missing')],
    causes: () => [{ kind: 'record-missing', domain }],
  },
  'srv-missing-member': {
    title: 'neither the directory nor the company has a record',
    expects: 'record-missing',
    gives: '8007232B',
    in: { member: true },
    breaks: [faultNamed('record-missing')],
    causes: () => [{ kind: 'record-missing', domain }],
  },
  'srv-names-retired-host': {
    title: 'the record names a host that was retired',
    expects: 'record-names-dead-host',
    gives: 'C004F074',
    breaks: [faultNamed('record-of-retired-host')],
    causes: (story) => [
      { kind: 'record-names-dead-host', target: `kms-old.${domain}`, recordIn: domain, alive: kmsHost(story) },
    ],
  },
  'srv-names-two-dead-hosts': {
    title: 'both hosts of the record are gone, and a third works',
    expects: ['record-names-dead-host'],
    gives: 'C004F074',
    before: [addSecondHost],
    breaks: [
      (scene) => {
        const names = [retireHost(scene, 'kms-old'), retireHost(scene, 'kms-older')];
        setRecord(scene, ...names.map((name) => `0 0 1688 ${name}.`));
        forgetHost(scene);
      },
    ],
    causes: () => [{ kind: 'record-names-dead-host', target: `kms-old.${domain}`, recordIn: domain }],
  },
  'srv-target-unknown': {
    title: 'the record names a host that never had an address',
    expects: ['target-without-address', 'record-names-dead-host'],
    gives: 'C004F074',
    breaks: [faultNamed('record-of-unknown-host')],
    causes: () => [{ kind: 'target-without-address', target: `kms-new.${domain}`, recordIn: domain }],
  },
  'address-lost': {
    title: "the host's address record was deleted",
    expects: 'target-without-address',
    gives: 'C004F074',
    breaks: [faultNamed('address-lost')],
    causes: () => [{ kind: 'target-without-address', target: `kms-01.${domain}`, recordIn: domain }],
  },
  'address-stale': {
    title: "the host's address record is of its former address",
    expects: 'address-stale',
    gives: 'C004F074',
    breaks: [faultNamed('address-stale')],
    causes: () => [
      { kind: 'address-stale', host: `kms-01.${domain}`, address: '10.20.1.77', right: ADDRESSES.managed },
    ],
  },
  'address-of-another': {
    title: "the host's name leads to another machine",
    expects: 'address-stale',
    gives: 'C004F074',
    breaks: [faultNamed('address-of-another-machine')],
    causes: () => [
      { kind: 'address-stale', host: `kms-01.${domain}`, address: '10.20.11.20', right: ADDRESSES.managed },
    ],
  },
  'srv-wrong-port': {
    title: 'the record says another port',
    expects: 'record-wrong-port',
    gives: 'C004F074',
    breaks: [
      (scene) => {
        setRecord(scene, `0 0 1689 ${scene.hostName}.`);
        forgetHost(scene);
      },
    ],
    causes: () => [
      { kind: 'record-wrong-port', target: `kms-01.${domain}`, port: 1689, right: 1688, recordIn: domain },
    ],
  },
  'host-changed-its-port': {
    title: 'the host listens on another port than the record says',
    expects: 'record-wrong-port',
    gives: 'C004F074',
    breaks: [
      (scene) => {
        roleOf(scene).listeningPort = 1700;
      },
    ],
    causes: () => [
      { kind: 'record-wrong-port', target: `kms-01.${domain}`, port: 1688, right: 1700, recordIn: domain },
    ],
  },
  'srv-wrong-type': {
    title: 'the record is a text',
    expects: 'record-of-wrong-type',
    gives: '8007232B',
    breaks: [faultNamed('record-of-wrong-type')],
    causes: (story) => [{ kind: 'record-of-wrong-type', domain, host: kmsHost(story) }],
  },
  'srv-wrong-type-in-directory': {
    title: "the directory's record is a text",
    expects: 'record-of-wrong-type',
    gives: '8007251D',
    in: { member: true },
    breaks: [
      (scene) => {
        const zone = scene.state.zones.find((known) => known.name === PLACE.directory);
        const name = `_vlmcs._tcp.${PLACE.directory}.`;
        zone?.recordSets.push({ name, type: 'TXT', ttl: 3600, values: [`"${scene.hostName}:1688"`] });
        lookIn(scene, '', PLACE.directory);
        forgetHost(scene);
      },
    ],
    causes: (story) => [{ kind: 'record-of-wrong-type', domain: PLACE.directory, host: kmsHost(story) }],
  },
  'suffix-mistyped': {
    title: 'its suffix is mistyped',
    expects: 'suffix-without-record',
    gives: '8007232B',
    breaks: [faultNamed('suffix-mistyped')],
    causes: () => [{ kind: 'suffix-without-record', domains: ['corp.exmaple'], recordIn: domain }],
  },
  'suffix-of-branch': {
    title: 'it is in a zone of its own, which has no record',
    expects: ['suffix-without-record', 'record-missing'],
    gives: '8007232B',
    breaks: [faultNamed('suffix-of-another-zone')],
    causes: () => [{ kind: 'suffix-without-record', domains: ['branch.example'], recordIn: domain }],
  },
  'multi-domain': {
    title: 'the directory has no record, and the host publishes in the company zone only',
    expects: ['suffix-without-record', 'record-missing'],
    gives: '8007232B',
    in: { member: true },
    breaks: [
      (scene) => {
        lookIn(scene, '', PLACE.directory);
        forgetHost(scene);
      },
    ],
    causes: () => [{ kind: 'suffix-without-record', domains: [PLACE.directory], recordIn: domain }],
  },
  'record-in-subdomain-only': {
    title: 'the record stands below the domain that it asks in',
    expects: ['record-missing', 'suffix-without-record'],
    gives: '8007232B',
    breaks: [
      (scene) => {
        setRecord(scene);
        const name = `_vlmcs._tcp.kms.${domain}.`;
        corporate(scene).recordSets.push({ name, type: 'SRV', ttl: 300, values: [`0 0 1688 ${scene.hostName}.`] });
        forgetHost(scene);
      },
    ],
    causes: (story) => [{ kind: 'record-missing', domain, host: kmsHost(story) }],
  },
  'lookup-domain-mistyped': {
    title: 'its lookup domain does not exist',
    expects: 'lookup-domain-empty',
    gives: '8007232B',
    breaks: [
      toSubject((windows) => {
        windows.lookupDomain = 'kms.corp.exmaple';
      }),
    ],
    causes: () => [{ kind: 'lookup-domain-empty', domain: 'kms.corp.exmaple', recordIn: domain }],
  },
  'lookup-domain-of-product': {
    title: "its product's lookup domain has no record",
    expects: 'lookup-domain-empty',
    gives: '8007232B',
    breaks: [
      (scene) => {
        const { state, subject } = scene;
        state.zones.push(privateZone('old.example', [subject.vpc], [addressSet('www.old.example', '10.20.30.81')]));
        for (const product of subject.windows.products) product.lookupDomain = 'old.example';
      },
    ],
    causes: () => [{ kind: 'lookup-domain-empty', domain: 'old.example', recordIn: domain }],
  },
  'zone-not-associated': {
    title: "the zone is not associated with the machine's network",
    expects: 'zone-not-associated',
    gives: '8007232B',
    breaks: [faultNamed('zone-not-associated')],
    causes: (story) => [{ kind: 'zone-not-associated', zone: domain, zoneId: zoneOf(story), vpcId: vpcOf(story) }],
  },
  'custom-dns-without-forwarding': {
    title: 'its DNS server does not forward to the resolver of the network',
    expects: 'resolver-differs',
    gives: '8007232B',
    breaks: [faultNamed('custom-dns-without-forwarding')],
    causes: () => [{ kind: 'resolver-differs', zone: domain, servers: ['10.20.5.53'] }],
  },
  'resolver-rule': {
    title: 'a forwarding rule sends the domain elsewhere',
    expects: 'resolver-differs',
    gives: '8007232B',
    breaks: [faultNamed('resolver-rule')],
    causes: () => [{ kind: 'resolver-differs', zone: domain, servers: ['10.20.0.2'], ruleFor: domain }],
  },
});
