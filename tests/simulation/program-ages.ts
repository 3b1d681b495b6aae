import * as z from 'zod/mini';
import { donorKind } from '../../src/care/blood-donors/donor.ts';
import { answerProvider } from '../../src/care/emergencies/commands.ts';
import { accept } from '../../src/kernel/result.ts';
import { registers as ofPhones } from '../../src/phone/registers.ts';
import { type AnyCommand, command, type Registers, read } from '../../src/platform/book/command.ts';
import { registers as ofServer } from '../../src/server/wings.ts';

/*
 * Programs of different ages. A bug that the office has and a phone has not; a phone that has not been to a market for a year and
 * writes an older form of a command.
 */
export const poisonName = 'simulation.poison';

function poison(onServer: boolean): AnyCommand {
  return command({
    name: poisonName,
    nature: 'witness',
    input: z.strictObject({ donor: z.string(), saw: z.int() }),
    reads: ({ donor }) => [read(donorKind, donor)],
    mayRun: () => true,
    decide: (pages, { donor, saw }) => {
      // On the phone it goes well at first, and throws once the page it read has changed.
      if (onServer || pages.get(donorKind, donor).version !== saw) throw new Error('poison');
      return accept([]);
    },
  });
}

const { minutes: _minutes, ...shapeBefore } = (
  answerProvider.input as unknown as { shape: Record<string, z.ZodMiniType> }
).shape;
/** A year ago nobody was asked how many minutes the vehicle needs. */
const answerProviderBefore: AnyCommand = {
  ...answerProvider,
  input: z.strictObject(shapeBefore) as never,
  decide: (pages, input, occasion) =>
    answerProvider.decide(pages, { ...(input as object), minutes: null } as never, occasion),
};
const answerProviderNow: AnyCommand = {
  ...answerProvider,
  upgrades: [...answerProvider.upgrades, (input) => ({ ...(input as object), minutes: null })],
};

const withCommands = (registers: Registers, ...commands: readonly AnyCommand[]): Registers => ({
  ...registers,
  commands: new Map([...registers.commands, ...commands.map((each) => [each.name, each] as const)]),
});

export const serverRegisters = withCommands(ofServer, poison(true), answerProviderNow);
export const phoneRegisters = withCommands(ofPhones, poison(false), answerProviderNow);
export const oldPhoneRegisters = withCommands(ofPhones, poison(false), answerProviderBefore);
