import fc from 'fast-check';
import { anyNames, maybeId, type Proposals, type Sight, someId } from '../../platform/book/proposal.arbitrary.ts';

const organization = 'organization';

/** An organization of a tier that she sees; seldom any other. */
function ofTier(sight: Sight, ...tiers: readonly string[]) {
  const fitting = sight
    .ids(organization)
    .filter((id) =>
      tiers.includes((sight.record(organization, id)?.body as { readonly tier: string } | undefined)?.tier ?? ''),
    );
  if (fitting.length === 0) return someId(sight, organization);
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...fitting) },
    { weight: 1, arbitrary: someId(sight, organization) },
  );
}

export const proposals: Proposals = {
  'moves.move-household': (sight) =>
    fc.record(
      { household: someId(sight, 'household'), to: someId(sight, organization), place: maybeId(sight, 'place') },
      { requiredKeys: ['household', 'to'] },
    ),
  'moves.move-person': (sight) =>
    fc.record({
      person: someId(sight, 'person'),
      to: someId(sight, organization),
      household: maybeId(sight, 'household'),
    }),
  'moves.move-organization': (sight) =>
    fc.record({ organization: ofTier(sight, 'co'), under: ofTier(sight, 'vo', 'lso') }),
  'moves.merge-organizations': (sight) =>
    fc.record({ goes: ofTier(sight, 'co', 'vo'), stays: ofTier(sight, 'co', 'vo') }),
  'moves.split-organization': (sight) =>
    fc.record({
      organization: ofTier(sight, 'co'),
      names: anyNames,
      number: fc.option(fc.integer({ min: 1, max: 20 })),
      place: maybeId(sight, 'place'),
      households: fc.array(someId(sight, 'household'), { minLength: 1, maxLength: 3 }),
    }),
};
