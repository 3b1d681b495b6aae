import type { AnyCommand, Change, Registers } from '../../src/platform/book/command.ts';
import type { AnyKind } from '../../src/platform/book/kind.ts';

/** The same program with another rule for one kind, in its register and in every command that writes a page of it. */
export function withKind(registers: Registers, changed: AnyKind): Registers {
  const told = (change: Change): Change =>
    'kind' in change && change.kind.kind === changed.kind ? { ...change, kind: changed } : change;
  const telling = (command: AnyCommand): AnyCommand => ({
    ...command,
    decide: (...asked) => {
      const decided = command.decide(...asked);
      return decided.ok ? { ...decided, value: decided.value.map(told) } : decided;
    },
  });
  return {
    ...registers,
    kinds: new Map([...registers.kinds, [changed.kind, changed]]),
    commands: new Map([...registers.commands].map(([name, command]) => [name, telling(command)])),
  };
}
