import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readVoicePack, type VoicePack, writeVoicePack } from './voice-pack.ts';

const packs = fc
  .record({
    language: fc.constantFrom('sd', 'ur', 'en'),
    voice: fc.constantFrom('machine', 'human'),
    sounds: fc.array(
      fc.tuple(fc.string({ minLength: 1, maxLength: 40 }), fc.uint8Array({ minLength: 1, maxLength: 60 })),
      { maxLength: 8 },
    ),
  })
  .map((made) => ({ ...made, sounds: new Map(made.sounds) }) as VoicePack);

test('a voice that was carried as a file is the same voice, phrase by phrase', () => {
  fc.assert(
    fc.property(packs, (pack) => {
      const read = readVoicePack(writeVoicePack(pack));
      expect(read?.language).toBe(pack.language);
      expect([...(read?.sounds ?? [])].map(([phrase, sound]) => [phrase, [...sound]])).toEqual(
        [...pack.sounds].map(([phrase, sound]) => [phrase, [...sound]]),
      );
    }),
  );
});

test('a file that is torn, or is something else, is no voice', () => {
  fc.assert(
    fc.property(packs, fc.integer({ min: 1, max: 20 }), (pack, missing) => {
      const bytes = writeVoicePack(pack);
      expect(readVoicePack(bytes.slice(0, Math.max(0, bytes.length - missing)))).toBeNull();
    }),
  );
  expect(readVoicePack(new TextEncoder().encode('a letter from home, and nothing else'))).toBeNull();
});
