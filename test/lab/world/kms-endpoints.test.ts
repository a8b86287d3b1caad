import { describe, expect, it } from 'vitest';
import { kmsEndpoints } from './kms-endpoints.ts';
import { worldUnderTest } from './world-under-test.ts';

describe('the KMS hosts of the world', () => {
  it('are listed with the names that records give them', () => {
    const lab = worldUnderTest();

    expect(kmsEndpoints(lab.world.state)).toEqual([
      { node: lab.machine('kms-01').id, name: 'kms-01.corp.example', address: '10.20.1.10', port: 1688 },
      { node: lab.machine('kms-lab').id, name: 'kms-lab.lab.example', address: '10.30.1.10', port: 1688 },
      { node: lab.machine('app-03').id, name: 'app-03.corp.example', address: '10.20.12.33', port: 1688 },
      { name: 'kms-eu.eu.example', address: '172.20.60.10', port: 1688 },
      { name: 'kms-new.corp.example', address: '192.168.20.30', port: 1688 },
    ]);
  });
});
