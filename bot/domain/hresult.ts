/** A Windows result code, normalised to `0x` and eight upper-case hexadecimal digits. */
export type Hresult = `0x${string}`;
