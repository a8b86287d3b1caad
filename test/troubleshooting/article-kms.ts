/**
 * Microsoft, "Activate using Key Management Service", paragraph by paragraph in our own words.
 *
 * @see https://learn.microsoft.com/windows/deployment/volume-activation/activate-using-key-management-service-vamt
 */
import {
  type CoverageRow,
  cause,
  code,
  command,
  concern,
  evidence,
  fix,
  phone,
  publish,
  rearm,
  setup,
  slmgr,
  storedKey,
  topic,
} from './reference.ts';

export const KMS_ARTICLE: readonly CoverageRow[] = [
  { id: 'B1', about: 'a host runs on client or server Windows', by: [command('hosts'), topic('setup', 'Windows')] },
  {
    id: 'B2',
    about: 'a host on client Windows: what it activates, and what it needs',
    by: [topic('versions', 'Windows 11'), cause('host-key-too-old'), topic('setup', 'slmgr /ato'), setup],
  },
  {
    id: 'B3a',
    about: 'install the key and activate',
    by: [
      topic('setup', 'slmgr /ipk'),
      fix('activate-host', 'slmgr /ato'),
      slmgr('/ipk'),
      slmgr('/ato'),
      storedKey,
      setup,
    ],
  },
  {
    id: 'B3b',
    about: 'activate by phone',
    by: [topic('phone', 'slmgr /dti'), topic('phone', '48'), slmgr('/atp'), code('0xC004F04D'), phone],
  },
  {
    id: 'B4',
    about: 'a host on a server activates servers and clients of its own and earlier generations',
    by: [topic('versions', '2012 R2'), cause('host-key-too-old'), concern('key-too-old')],
  },
  {
    id: 'B5',
    about: 'a key for client hosts does not go on a server',
    by: [topic('versions', 'Windows Server'), code('0xC004F015'), storedKey, setup],
  },
  {
    id: 'B6a',
    about: 'add the role',
    by: [topic('setup', 'Install-WindowsFeature VolumeActivation'), setup],
  },
  {
    id: 'B6b',
    about: 'choose KMS and the host, enter its key',
    by: [topic('setup', 'slmgr /ipk'), fix('renew-host-key', 'slmgr /ipk'), setup, storedKey],
  },
  {
    id: 'B6c',
    about: 'activate the host online or by phone',
    by: [cause('host-not-activated'), fix('activate-host', 'slui 4'), concern('not-activated'), setup, phone],
  },
  {
    id: 'B6d',
    about: 'the host’s options',
    by: [
      topic('setup', 'slmgr /sprt'),
      slmgr('/sai'),
      slmgr('/spri'),
      slmgr('/sdns'),
      command('host', 'host <node> port <number>'),
      command('host', 'host <node> intervals <activation> <renewal>'),
      command('host', 'host <node> priority normal|low'),
      publish,
    ],
  },
  {
    id: 'B7',
    about: 'the host listens, and activates nobody below its threshold',
    by: [command('hosts'), cause('count-too-low'), topic('threshold', '25')],
    planned: [{ command: 'report', issue: 8 }],
  },
  {
    id: 'B8',
    about: 'each contact raises the count; below it there is an error',
    by: [evidence('host-count'), code('0xC004F038'), topic('threshold', '0xC004F038')],
    planned: [{ command: 'report', issue: 8 }],
  },
  {
    id: 'B9',
    about: 'with Active Directory-based activation in use, test with a machine that does not try it first',
    by: [topic('adba', 'slmgr /act-type 2'), evidence('activation-type')],
  },
  {
    id: 'B10a',
    about: 'the host’s log says that the record was written',
    by: [topic('publishing', '12294'), concern('publishing-fails'), publish],
  },
  {
    id: 'B10b',
    about: 'activate a client',
    by: [fix('activate-now', 'slmgr /ato'), slmgr('/ato'), command('activate')],
  },
  {
    id: 'B10c',
    about: 'look at client and host; too low a count still proves that KMS works',
    by: [command('check'), cause('count-too-low'), topic('threshold', '0xC004F038')],
  },
  {
    id: 'B11',
    about: 'the options of slmgr',
    by: [slmgr('/dlv'), slmgr('/skms'), slmgr('/rearm'), command('help'), rearm],
  },
  {
    id: 'B12',
    about: 'KMS is RPC over TCP',
    by: [evidence('bind'), cause('path-cut'), cause('foreign-service'), topic('routing', 'RPC')],
  },
];
