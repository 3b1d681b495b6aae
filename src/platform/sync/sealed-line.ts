/*
 * A line that another woman's session carries is sealed to the server's key, so that nobody who holds the phone can read it:
 *
 *   65 bytes ephemeral P-256 point · 12 bytes iv · AES-256-GCM( line )      key = HKDF-SHA-256( ECDH( ephemeral, server ) )
 *
 * The seat and the number of the line are bound in, so that a box cannot be moved to another place.
 */
export const sealedPointBytes = 65;
export const sealedIvBytes = 12;
export const sealedInfo = 'otaq sealed line 1';

export function sealedPlace(seat: number, line: number): string {
  return `${seat}-${line}`;
}
