/**
 * Why: a highlight is painted before the core has answered, so the window names it. The same kind of id that the core
 * makes: UUID version 7 (RFC 9562, section 5.7), whose first 48 bits are the time in milliseconds.
 *
 * Absent on purpose: counters for ids of one millisecond; nothing depends on their order.
 */
const VERSION = 0x70;
const VARIANT = 0x80;

/** A fresh UUID v7, lower case with hyphens. */
export function freshId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let at = 5, rest = now; at >= 0; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  bytes[6] = ((bytes[6] as number) & 0x0f) | VERSION;
  bytes[8] = ((bytes[8] as number) & 0x3f) | VARIANT;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
