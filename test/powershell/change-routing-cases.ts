/** The routing test: what it tries, and what it puts back. */
import type { ChangeStep } from './change-both-ways.ts';
import type { ChangeMachine } from './change-machine.ts';
import { assignedEverywhere, type ChangeCase } from './change-steps.ts';

const OPTIONS: Readonly<Record<string, object>> = {
  'a name that works': { host: 'kms1.corp.example', port: 0, address: null },
  'a name that has moved': { host: 'moved.corp.example', port: 0, address: '10.0.1.10' },
  'a name without address': { host: 'nowhere.corp.example', port: 0, address: null },
  'a name that leads to IPv6': { host: 'six.corp.example', port: 1688, address: null },
  'a name and nothing that answers': { host: 'gone.corp.example', port: 0, address: null },
  'a port where nobody is': { host: 'kms1.corp.example', port: 1700, address: '10.0.1.10' },
  'an address': { host: '10.0.1.10', port: 0, address: null },
  'an IPv6 address': { host: '[2001:DB8::5]', port: 1688, address: '[2001:db8::5]' },
  'a name no resolver is asked for': { host: 'a..b', port: 0, address: null },
  'a NetBIOS name': { host: 'KMS1', port: 0, address: '10.0.1.10' },
};

const MACHINES: Readonly<Record<string, (machine: ChangeMachine) => void>> = {
  'nothing assigned': () => {},
  'assigned at both levels': assignedEverywhere,
  'a port without a name': ({ node, product }) => {
    node.windows.kmsPort = 1700;
    product.kmsPort = 1701;
  },
  'activation hangs': ({ node }) => {
    node.windows.broken['method:Activate'] = { hresult: '80041001', afterMs: 400_000 };
  },
  'activation takes long': ({ node }) => {
    node.windows.broken['method:Activate'] = { hresult: 'C004F074', afterMs: 80_000 };
  },
  'everything is slow': ({ node }) => {
    node.windows.broken['method:Activate'] = { hresult: 'C004F074', afterMs: 89_000 };
    node.windows.broken['mutex:abandoned'] = { hresult: '00000000' };
    node.windows.broken['method:RefreshLicenseStatus'] = { hresult: '80041001', afterMs: 11_000 };
  },
  'no resolver': ({ node }) => {
    for (const adapter of node.windows.adapters) adapter.dnsServers = [];
  },
  'no command of the resolver': ({ node }) => {
    node.windows.broken['command:Resolve-DnsName'] = { hresult: '80131501' };
  },
  'an Office product beside': ({ node, product }) => {
    node.windows.products.unshift({
      ...product,
      id: '11111111-2222-3333-4444-555555555555',
      app: 'office',
      kmsHost: 'office.corp.example',
    });
  },
};

export const routingCases = (): ChangeCase[] =>
  Object.entries(OPTIONS).flatMap(([target, options]) =>
    Object.entries(MACHINES).map(([way, first]): ChangeCase => {
      const step: ChangeStep = { document: 'KmsBot-TestRouting', options, first };
      return { name: `routing, ${target}; ${way}`, steps: [step] };
    }),
  );
