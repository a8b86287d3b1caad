/** Codes instead of texts: what the record says of a probe that failed. */

const TIMEOUTS = ['00040004', '80041069', '800705B4', '8007274C'];

/** The document's word for an HRESULT. */
export const errorCode = (hresult: string): string => (TIMEOUTS.includes(hresult) ? 'timeout' : hresult);

/** HRESULT of a Win32 code. */
export const win32Hresult = (code: number): string => (0x80070000 + code).toString(16).toUpperCase();

const DNS_CODES: Readonly<Record<string, string>> = {
  '8007232B': 'nxdomain',
  '8007251D': 'nodata',
  '800725E5': 'nodata',
  '8007232A': 'servfail',
  '8007232D': 'refused',
};

/** The document's word for a Win32 code of the resolver. */
export const dnsCode = (win32: number): string => {
  const code = errorCode(win32Hresult(win32));
  return DNS_CODES[code] ?? code;
};
