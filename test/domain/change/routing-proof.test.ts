import { describe, expect, it } from 'vitest';
import type { RoutingAttempt, RoutingProof } from '../../../bot/domain/change/plan.ts';
import { proofOf } from '../../../bot/domain/change/routing-proof.ts';

const byName = (code: string): RoutingAttempt => ({ by: 'name', target: 'kms1.corp.example', code });
const byAddress = (code: string): RoutingAttempt => ({ by: 'address', target: '10.20.0.40', code });

describe('the routing test proves', () => {
  it.each<[string, RoutingProof, readonly RoutingAttempt[]]>([
    ['that the record or discovery is wrong where the name activates', 'srv', [byName('00000000')]],
    ['the same whatever the address does', 'srv', [byName('00000000'), byAddress('C004F074')]],
    [
      'that name resolution is wrong where only the address activates',
      'name-resolution',
      [byName('C004F074'), byAddress('00000000')],
    ],
    ['the same of a name that is none', 'name-resolution', [byName('8007007B'), byAddress('00000000')]],
    ['that the path is cut where neither gets through', 'path', [byName('C004F074'), byAddress('C004F074')]],
    ['the same with codes of RPC', 'path', [byName('8007232B'), byAddress('800706BA')]],
    ['that the path is cut where there is no name to try', 'path', [byAddress('C004F074')]],
    ['that the host refuses where its count is too low', 'host-refuses', [byName('C004F038')]],
    ['that the host refuses where it is too old', 'host-refuses', [byName('C004F042')]],
    [
      'that the host refuses where only the address reaches it',
      'host-refuses',
      [byName('C004F074'), byAddress('C004F038')],
    ],
    ['nothing by a code that is not about the path', 'undecided', [byName('C004F014'), byAddress('C004F014')]],
    ['nothing by a code that nobody knows', 'undecided', [byName('80041234')]],
    ['nothing by what is no code', 'undecided', [byName('x'), byAddress('C004F074')]],
    ['nothing where the address was not tried', 'undecided', [byName('C004F074')]],
    ['nothing about names where only the address was tried', 'undecided', [byAddress('00000000')]],
    ['nothing without an attempt', 'undecided', []],
  ])('%s', (_, proof, attempts) => {
    expect(proofOf(attempts)).toBe(proof);
  });
});
