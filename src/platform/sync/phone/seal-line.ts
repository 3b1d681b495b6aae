import type { SentLine } from '../../book/line.ts';
import { sealedInfo, sealedPlace } from '../sealed-line.ts';
import { sealWords } from './seal-words.ts';

/** Seals a line to the server. The phone itself cannot open it again. */
export function sealLine(server: CryptoKey, seat: number, line: SentLine): Promise<string> {
  return sealWords(server, sealedInfo, sealedPlace(seat, line.line), JSON.stringify(line));
}
