/* What the rules asked to be flagged, as the server heard it: the book must have it, wherever it was lost on the way. */
import type { Registers } from '../../src/platform/book/command.ts';
import type { Entry } from '../../src/platform/book/entry.ts';

/** By entry: code and page of every flag that its last decision asked for. */
export type FlagsAsked = Map<string, readonly string[]>;

/** The same registers; what a decision flags is noted, each time it is decided. */
export function notingFlags(registers: Registers, asked: FlagsAsked): Registers {
  const commands = [...registers.commands].map(([name, command]) => {
    const noting: typeof command = {
      ...command,
      decide: (pages, input, occasion) => {
        const decided = command.decide(pages, input, occasion);
        const flags = decided.ok ? decided.value.flatMap((change) => (change.do === 'flag' ? [change] : [])) : [];
        asked.set(
          occasion.entry,
          flags.map(({ code, about }) => `${code} of ${about}`),
        );
        return decided;
      },
    };
    return [name, noting] as const;
  });
  return { ...registers, commands: new Map(commands) };
}

/** Flags that were asked for and that an entry did not write. */
export function flagsMissing(asked: FlagsAsked, entries: readonly Entry[]): string[] {
  return entries.flatMap(({ id, state, command, body }) => {
    // A line that a restored book was offered without its words broke its rule in the book that is gone.
    if (body === null || command === null || state === 'refused') return [];
    const written = body.changes.flatMap((change) => {
      if (change.do !== 'create' || change.kind !== 'flag') return [];
      const { code, about } = change.body as { code: string; about: string };
      return [`${code} of ${about}`];
    });
    const missing = (asked.get(id) ?? []).filter((flag) => !written.includes(flag));
    return missing.map((flag) => `J7 entry ${id} broke a rule and nobody is told: ${flag}`);
  });
}
