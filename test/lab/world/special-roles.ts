/** What makes a seeded machine a host, a controller, a member or licence-included. */

import { guid, random, seedOf } from '../random.ts';
import { writeContactEvent } from './activation-events.ts';
import type { WindowsNode } from './law-context.ts';
import { kmsHostProduct, licenceKind, makProduct, officeClientProduct, setLicensed } from './licence-products.ts';
import type { SpecialRole } from './seeded-fleet.ts';
import { ADDRESS } from './seeded-network.ts';
import { DAY } from './time-spans.ts';
import type { LabKmsHostRole } from './types.ts';

type Make = (node: WindowsNode, nowMs: number) => void;

/** What each special role changes in a healthy machine. */
export const SPECIAL_ROLES: Readonly<Record<SpecialRole, Make>> = {
  'kms-host': (node) => {
    makeHost(node, { ...hostRole('2022'), publishing: false, publishDomains: ['lab.example, 10, 50', 'corp.example'] });
    inDomain(node, 'corp.example');
  },
  'small-kms-host': (node) => {
    makeHost(node, hostRole('2019'));
    inDomain(node, 'lab.example');
  },
  // Somebody typed the host key on an ordinary server; its firewall rule is closed, as it is by default.
  // Until then some clients had found it.
  'accidental-host': (node, nowMs) => {
    const contacts = strayContacts(nowMs);
    const totals = { total: 6, failed: 0, byStatus: [0, 6, 0, 0, 0, 0] };
    makeHost(node, { ...hostRole('2019'), publishing: false, firewallOpen: false, contacts, totals });
    for (const [cmid, contact] of Object.entries(contacts)) writeContactEvent(node.windows, cmid, contact);
  },
  controller: (node) => {
    makeMember(node, 'ad.corp.example', ADDRESS.controller);
    makeController(node, 'ad.corp.example');
  },
  'lab-controller': (node) => {
    makeMember(node, 'lab.ad.corp.example', ADDRESS.labController);
    makeController(node, 'lab.ad.corp.example');
    onMainHost(node);
  },
  member: (node) => makeMember(node, 'ad.corp.example', ADDRESS.controller),
  'lab-member': (node) => makeMember(node, 'lab.ad.corp.example', ADDRESS.labController),
  'directory-activated': (node, nowMs) => {
    makeMember(node, 'ad.corp.example', ADDRESS.controller);
    for (const product of node.windows.products) {
      setLicensed(product, nowMs);
      product.activationType = 1;
    }
  },
  'licence-included': (node) => {
    node.windows.kmsHost = '169.254.169.250';
    node.windows.kmsPort = 1688;
    node.windows.searchList = ['ap-northeast-1.ec2-utilities.amazonaws.com'];
  },
  mak: ({ windows }) => {
    windows.products = [makProduct(windows.generation, windows.edition)];
  },
  office: ({ windows }) => {
    windows.products.push(officeClientProduct());
  },
  'lab-on-main-host': onMainHost,
};

function onMainHost({ windows }: WindowsNode): void {
  windows.lookupDomain = 'corp.example';
}

/** Gives a machine a KMS host key and its role; its service listens. */
export function makeHost({ windows }: WindowsNode, role: LabKmsHostRole): void {
  windows.kmsHostRole = role;
  windows.products = [kmsHostProduct(windows.generation, windows.edition, role.keyGroup)];
  windows.service = { state: 'Running', startMode: 'Auto' };
}

/** The host carries a key of another generation; activated or not as before. */
export function changeHostKey({ windows }: WindowsNode, keyGroup: LabKmsHostRole['keyGroup']): void {
  const role = windows.kmsHostRole;
  if (role === undefined) return;
  role.keyGroup = keyGroup;
  windows.products = windows.products.map((product) => {
    if (product.app !== 'windows' || licenceKind(product) !== 'kms-host') return product;
    const { status, statusReason, endsAtMs } = product;
    return { ...kmsHostProduct(windows.generation, windows.edition, keyGroup), status, statusReason, endsAtMs };
  });
}

/** A host in order that nobody has asked yet. */
export function hostRole(keyGroup: LabKmsHostRole['keyGroup']): LabKmsHostRole {
  return {
    keyGroup,
    activated: true,
    listeningPort: 1688,
    publishing: true,
    firewallOpen: true,
    activationIntervalMinutes: 120,
    renewalIntervalMinutes: 10_080,
    contacts: {},
    totals: { total: 0, failed: 0, byStatus: [0, 0, 0, 0, 0, 0] },
  };
}

/** Six servers that were counted more than two weeks ago and went elsewhere since. */
function strayContacts(nowMs: number): LabKmsHostRole['contacts'] {
  const next = random(seedOf('stray'));
  const contacts = Array.from({ length: 6 }, (_, i) => ({
    atMs: nowMs - (15 + i) * DAY,
    name: `stray-${i + 1}`,
    requiredCount: 5,
  }));
  return Object.fromEntries(contacts.map((contact) => [guid(next), contact]));
}

function inDomain({ windows }: WindowsNode, suffix: string): void {
  windows.primarySuffix = suffix;
}

/** Joins a machine to a domain, whose controller it then asks for names. */
export function makeMember(node: WindowsNode, domain: string, controller: string): void {
  const { windows } = node;
  windows.domain = domain;
  windows.primarySuffix = domain;
  windows.domainRole = windows.productType === 1 ? 1 : 3;
  windows.searchList = [domain, 'corp.example'];
  for (const adapter of windows.adapters) adapter.dnsServers = [controller];
}

/** Makes a machine a domain controller. */
export function makeController({ windows }: WindowsNode, domain: string): void {
  windows.productType = 2;
  windows.domainRole = 5;
  windows.domain = domain;
}
