import fc from 'fast-check';
import {
  anyNames,
  bodyOf,
  nowhere,
  type Proposals,
  type Sight,
  someId,
  someIdWhere,
} from '../../platform/book/proposal.arbitrary.ts';
import { type Arrival, arrivalKind, goers, reasons, type Transfer, transferKind } from './transfer.ts';

/** The offices of a history: two LSOs, and one that there is not. */
const anyOffice = fc.constantFrom(11, 11, 10, 10, 99);

const anOffer = (sight: Sight) => someIdWhere<Transfer>(sight, transferKind.kind, ({ state }) => state === 'offered');
const anArrival = (sight: Sight) => someIdWhere<Arrival>(sight, arrivalKind.kind, ({ state }) => state === 'offered');

export const proposals: Proposals = {
  'transfers.offer': (sight) =>
    fc.constantFrom(...goers, 'person' as const).chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        about: someId(sight, kind),
        office: anyOffice,
        officeNames: anyNames,
        agreed: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      }),
    ),
  'transfers.take-back': (sight) => fc.record({ transfer: anOffer(sight) }),
  'transfers.answer': (sight) =>
    anArrival(sight).chain((arrival) => {
      const kind = bodyOf<Arrival>(sight, arrivalKind.kind, arrival)?.kind;
      return fc.record({
        arrival: fc.constant(arrival),
        to: fc.oneof(
          { weight: 6, arbitrary: someId(sight, 'organization') },
          { weight: 1, arbitrary: fc.constant(null) },
        ),
        household: kind === 'person' ? fc.option(someId(sight, 'household'), { freq: 3 }) : fc.constant(null),
      });
    }),
  // What only the server says, it says while it carries an offer: said by the way, it must do no harm.
  'transfers.announce': (sight) =>
    fc.record({
      transfer: fc.constant(nowhere),
      office: anyOffice,
      officeNames: anyNames,
      about: fc.constant(nowhere),
      kind: fc.constantFrom(...goers),
      tier: fc.constantFrom(null, 'co', 'vo'),
      names: anyNames,
      parent: fc.option(anyNames),
      parentIs: fc.constantFrom(null, 'father', 'husband'),
      sex: fc.constantFrom(null, 'f', 'm'),
      people: fc.nat({ max: 9 }),
      households: fc.nat({ max: 9 }),
      offeredOn: fc.constant(sight.on),
    }),
  'transfers.close': (sight) => fc.record({ transfer: anOffer(sight), why: fc.option(fc.constantFrom(...reasons)) }),
  'transfers.withdraw': (sight) => fc.record({ arrival: anArrival(sight) }),
  'transfers.let-go': (sight) =>
    fc.record({
      transfer: fc.constant(nowhere),
      from: someId(sight, 'organization'),
      pages: fc.constant([]),
      behind: fc.constant([]),
      grants: fc.constant([]),
    }),
  'transfers.bring-in': () => fc.record({ arrival: fc.constant(nowhere), pages: fc.constant([]) }),
  'transfers.list-lso': () => fc.record({ office: anyOffice, names: fc.option(anyNames) }),
};
