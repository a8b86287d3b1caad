import { describe, expect, it } from 'vitest';
import { readChangeBatch } from './change-xml.ts';

const CHANGE = `<Change><Action>CREATE</Action><ResourceRecordSet><Name>_vlmcs._tcp.corp.example.</Name><Type>TXT</Type>
 <TTL>300</TTL><ResourceRecords><ResourceRecord><Value>&quot;a &#60;b&#x3E; &amp;amp;&quot;</Value></ResourceRecord>
 </ResourceRecords></ResourceRecordSet></Change>`;

const request = (batch: string, root = 'ChangeResourceRecordSetsRequest') =>
  Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch>${batch}</ChangeBatch></${root}>`,
  );

const READ = {
  comment: 'text <escaped>',
  changes: [
    {
      action: 'CREATE',
      set: { name: '_vlmcs._tcp.corp.example.', type: 'TXT', ttl: 300, values: ['"a <b> &amp;"'] },
    },
  ],
};

describe('readChangeBatch', () => {
  it.each([
    [
      'the changes first, as JavaScript writes it',
      `<Changes>${CHANGE}</Changes><Comment>text &lt;escaped&gt;</Comment>`,
    ],
    [
      'the comment first, as it is documented',
      `\n<Comment>text &lt;escaped&gt;</Comment>\n<Changes>\n${CHANGE}\n</Changes>`,
    ],
  ])('reads %s', (_, batch) => {
    expect(readChangeBatch(request(batch))).toEqual(READ);
  });

  it('reads names with the prefix of their namespace', () => {
    const prefixed = request(`<Changes>${CHANGE}</Changes><Comment>text &lt;escaped&gt;</Comment>`).toString();
    expect(readChangeBatch(Buffer.from(prefixed.replace(/<(\/?)(?=[A-Z])/g, '<$1ns0:')))).toEqual(READ);
  });

  it('reads a batch without a comment, and one whose comment is empty', () => {
    expect(readChangeBatch(request(`<Changes>${CHANGE}</Changes>`)).comment).toBeUndefined();
    expect(readChangeBatch(request(`<Changes>${CHANGE}</Changes><Comment/>`)).comment).toBe('');
  });

  it.each([
    ['no XML', Buffer.from('{}')],
    ['nothing', Buffer.from('')],
    ['XML that is cut off', Buffer.from('<ChangeResourceRecordSetsRequest><ChangeBatch>')],
    ['no batch', Buffer.from('<ChangeResourceRecordSetsRequest/>')],
    ['no changes', request('<Comment>c</Comment>')],
    ['a change without a set', request('<Changes><Change><Action>CREATE</Action></Change></Changes>')],
    ['a set without a name', request(`<Changes>${CHANGE.replace(/<Name>.*<\/Name>/, '')}</Changes>`)],
  ])('refuses %s', (_, body) => {
    expect(() => readChangeBatch(body)).toThrow(/^Invalid XML ; /);
  });

  it('refuses another request in words of its own', () => {
    expect(() => readChangeBatch(request(`<Changes>${CHANGE}</Changes>`, 'ChangeBatchRequest'))).toThrow(
      'ChangeBatch is not valid, expected ChangeResourceRecordSetsRequest',
    );
  });
});
