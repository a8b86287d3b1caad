import { describe, expect, it } from 'vitest';
import { isEvaluationEdition, osName } from '../../bot/domain/windows-edition.ts';

describe('osName', () => {
  it.each([
    [20_348, 'ServerStandard', 'server', 'Windows Server 2022 Standard'],
    [9600, 'ServerDatacenter', 'domain-controller', 'Windows Server 2012 R2 Datacenter'],
    [26_100, 'ServerTurbine', 'server', 'Windows Server 2025 Datacenter: Azure Edition'],
    [14_393, 'ServerSolution', 'server', 'Windows Server 2016 Essentials'],
    [17_763, 'ServerStandardACor', 'server', 'Windows Server 1809 Standard'],
    [17_763, 'ServerStandard', 'server', 'Windows Server 2019 Standard'],
    [20_348, 'ServerStandardEval', 'server', 'Windows Server 2022 Standard Evaluation'],
    [29_651, 'ServerDatacenter', 'server', 'Windows Server build 29651 Datacenter'],
    [20_348, 'ServerNovelty', 'server', 'Windows Server 2022 ServerNovelty'],
    [19_045, 'Professional', 'workstation', 'Windows 10 Pro'],
    [22_631, 'Enterprise', 'workstation', 'Windows 11 Enterprise'],
    [22_631, 'EnterpriseN', 'workstation', 'Windows 11 Enterprise N'],
    [22_631, 'Education', 'workstation', 'Windows 11 Education'],
    [19_044, 'EnterpriseS', 'workstation', 'Windows 10 Enterprise LTSC 2021'],
    [26_100, 'EnterpriseSN', 'workstation', 'Windows 11 Enterprise N LTSC 2024'],
    [14_393, 'EnterpriseS', 'workstation', 'Windows 10 Enterprise LTSB 2016'],
    [9600, 'Professional', 'workstation', 'Windows 8.1 Pro'],
    [7601, 'Professional', 'workstation', 'Windows build 7601 Pro'],
  ] as const)('names build %d %s on a %s', (build, edition, kind, expected) => {
    expect(osName({ build, edition, kind })).toBe(expected);
  });
});

describe('isEvaluationEdition', () => {
  it.each([
    ['ServerStandardEval', true],
    ['EnterpriseEval', true],
    ['ServerStandard', false],
    ['', false],
  ])('says of %j %s', (edition, expected) => {
    expect(isEvaluationEdition(edition)).toBe(expected);
  });
});
