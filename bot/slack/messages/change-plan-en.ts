/** Plans of changes in English. Values are escaped before they come here. */
import type { LeftWhy, PlanTexts } from './change-plan-words.ts';

const number = (value: number): string => value.toLocaleString('en');
const machines = (count: number): string => `${number(count)} ${count === 1 ? 'machine' : 'machines'}`;

const left: Readonly<Record<LeftWhy, string>> = {
  'already-so': 'Already as wanted',
  unreadable: 'Part of its state could not be read, so nothing there could be put back',
  'no-product': 'No product key is installed: `/kms key … gvlk` installs one',
  'mak-licensed': 'Activated with a MAK: activating again would use up one of its activations',
  'host-key': 'A KMS host itself',
  'not-client': 'The key there is not for KMS',
  evaluation: 'Evaluation edition: it has to be converted first',
  edition: 'There is no public KMS client setup key for its edition',
  'token-only': 'Only activation by token is allowed there',
  'service-disabled': 'Its Software Protection service (`sppsvc`) is disabled',
  'no-command': 'Its Windows lacks the command that is needed',
  'licence-included': 'AWS includes the licence: only Amazon’s servers activate it',
  byol: 'The licence is brought along: Amazon’s servers are not for it',
  'licence-model-unknown': 'Whether AWS includes the licence is not known, so Amazon’s servers may not be for it',
  'no-right': 'The requester may not change it',
  'changed-since': 'Changed by somebody since: an undo would undo that too',
  'not-changed-then': 'The earlier change did nothing there',
};

export const plan: PlanTexts = {
  values: {
    assignment: 'Assigned host',
    'product-assignment': 'Assigned host, of the product',
    'lookup-domain': 'Lookup domain',
    'product-lookup-domain': 'Lookup domain, of the product',
    'activation-type': 'Activation type',
    'host-caching': 'Host caching',
    'resolver-cache': 'DNS cache',
    key: 'Key',
    activation: 'Licence',
  },
  none: {
    assignment: 'none, found by DNS',
    'product-assignment': 'none',
    'lookup-domain': 'none, its own domains',
    'product-lookup-domain': 'none',
    'activation-type': 'not set',
    'host-caching': 'not set',
    'resolver-cache': 'not set',
    key: 'none',
    activation: 'none',
  },
  valueWords: {
    on: 'on',
    off: 'off',
    any: 'any kind',
    kms: 'KMS only',
    'active-directory': 'Active Directory only',
    token: 'token only',
    unlicensed: 'not activated',
    licensed: 'activated',
    'initial-grace': 'in grace',
    'out-of-tolerance-grace': 'in grace after a change of hardware',
    'non-genuine-grace': 'in grace, not genuine',
    notification: 'not activated',
    'extended-grace': 'in extended grace',
  },
  key: (tail) => `…${tail}`,
  change: (label, before, after) => `${label}:  −  ${before}   +  ${after}`,
  cacheEmptied: 'DNS cache: emptied',
  tested: (host) => `Tries ${host} by name, then by address, and puts everything back`,
  group: (names, count) => (count === 1 ? names : `${names} (${machines(count)})`),
  moreGroups: (groups, count) =>
    `and ${machines(count)} more with ${groups === 1 ? 'other values' : `${number(groups)} other sets of values`}`,
  leftHeading: (count) => `*Left alone*  ${machines(count)}`,
  left,
  leftNoUndo: (why) => `No way back: ${why}`,
  moreLeft: (reasons, count) =>
    `and ${machines(count)} more for ${number(reasons)} other ${reasons === 1 ? 'reason' : 'reasons'}`,
  waves: (sizes) =>
    sizes.length < 2
      ? ''
      : `${machines(sizes.reduce((sum, size) => sum + size, 0))} in ${sizes.length} waves (${sizes.map(number).join(', then ')}), each only if the one before made nothing worse.`,
  thenActivates: (count, all) =>
    count === all ? 'Activates afterwards.' : `${number(count)} of them activate${count === 1 ? 's' : ''} afterwards.`,
  nothingToUndo: 'Leaves nothing behind that would have to be undone.',
  undo: {
    all: 'Can be undone for 30 days.',
    some: (count, why) => `Can be undone for 30 days, but not on ${machines(count)}: ${why}.`,
  },
  noUndo: (why) => `Cannot be undone: ${why}.`,
  noUndoWhy: {
    activation: 'an activation is not taken back',
    'unknown-key': 'the key there now is not a public one, and nobody here knows the whole of it',
    'no-key-before': 'there was no key before',
    'leaves-nothing': 'nothing is left behind there',
  },
  needs: {
    many: (limit) => `Needs an approver: more than ${machines(limit)}.`,
    all: () => 'Needs an approver: it goes to all machines.',
    'no-undo': () => 'Needs an approver: it cannot be undone everywhere.',
    always: () => 'Needs an approver, as every change of this kind does.',
  },
};
