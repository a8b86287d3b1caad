import { beforeAll, describe, expect, it } from 'vitest';
import { createGuard, type Finding } from './guard.ts';
import { documentScripts } from './recordings.ts';

describe('the guard of Windows PowerShell 3.0', () => {
  let guard: (script: string) => readonly Finding[];
  beforeAll(async () => {
    guard = await createGuard();
  });

  it.each(Object.entries(documentScripts()))('finds nothing newer and nothing unreviewed in %s', (_, script) => {
    expect(guard(script)).toEqual([]);
  });

  it.each([
    ['the ternary operator (7.0)', '$a ? 1 : 2'],
    ['null coalescing (7.0)', '$a ?? 2'],
    ['null-coalescing assignment (7.0)', '$a ??= 2'],
    ['a chain of pipelines with && (7.0)', 'Get-Date && Get-Date'],
    ['a chain of pipelines with || (7.0)', 'Get-Date || Get-Date'],
    ['null-conditional members (7.1)', '$' + '{a}?.Length'],
    ['null-conditional elements (7.1)', '$' + '{a}?[0]'],
    ['a background pipeline (6.0)', 'Get-Date &'],
    ['a class (5.0)', 'class Machine { [string]$Name }'],
    ['an enum (5.0)', 'enum State { On }'],
    ['using namespace (5.0)', 'using namespace System.Net'],
    ['using module (5.0)', 'using module Foo'],
    ['a configuration (4.0)', 'configuration Machine { }'],
    ['binary literals (7.0)', '$a = 0b11'],
    ['unsigned suffixes (6.2)', '$a = 10u'],
    ['the method Where (4.0)', '$a.Where({ $_ })'],
    ['the method ForEach (4.0)', '$a.ForEach({ $_ })'],
    ['the method new (5.0)', '$a = [System.Text.StringBuilder]::new()'],
    ['ForEach-Object -Parallel (7.0)', '$a | ForEach-Object -Parallel { $_ }'],
    ['Get-Date -AsUTC (7.1)', 'Get-Date -AsUTC'],
    ['ConvertFrom-Json -AsHashtable (6.0)', 'ConvertFrom-Json -InputObject $a -AsHashtable'],
    ['ConvertTo-Json', 'ConvertTo-Json -InputObject $a'],
    ['Join-String (6.2)', '$a | Join-String'],
    ['Get-FileHash (4.0)', 'Get-FileHash -Path $a'],
    ['an abbreviated parameter', "New-Object -Type 'System.Net.WebClient'"],
    ['an alias', '$a | % { $_ }'],
    ['a program', 'cscript slmgr.vbs'],
    ['a type nobody reviewed', '$a = [System.Net.Dns]::Resolve($b)'],
    ['a member nobody reviewed', '$a = [System.Math]::Clamp($b, 1, 2)'],
    ['a type of New-Object nobody reviewed', 'New-Object -TypeName System.Net.Http.HttpClient'],
    ['a type of New-Object that is not literal', 'New-Object -TypeName $a'],
    ['what does not parse', 'if ($a { }'],
  ])('refuses %s', (_, script) => {
    expect(guard(script)).not.toEqual([]);
  });

  it.each([
    '$a = @{ b = 1 }',
    'foreach ($a in 1, 2) { [int]$a }',
    "if ('x' -in $b) { $a = 2 -shl 3 }",
    '[ordered]@{ a = 1 }',
  ])('accepts %s', (script) => {
    expect(guard(script)).toEqual([]);
  });

  it('names the line and what stands there', () => {
    expect(guard('$a = 1\n\n$b = Get-Nothing')).toEqual([{ line: 3, what: 'command Get-Nothing' }]);
  });
});
