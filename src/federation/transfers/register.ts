import type { Register } from '../../platform/book/command.ts';
import { answer, carrying, listLso, offer, takeBack } from './commands.ts';
import { arrivalKind, listedLsoKind, transferKind } from './transfer.ts';

/** Who goes to another LSO, over the kinds of these registers. */
export function transfersRegister(registers: readonly Register[]): Register {
  const own = [transferKind, arrivalKind, listedLsoKind];
  const kinds = new Map([...registers.flatMap((register) => register.kinds), ...own].map((kind) => [kind.kind, kind]));
  return {
    name: 'transfers',
    kinds: own,
    commands: [offer, takeBack, answer, listLso, ...Object.values(carrying(kinds))],
  };
}
