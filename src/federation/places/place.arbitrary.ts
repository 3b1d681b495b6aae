import fc from 'fast-check';
import {
  anyDay,
  anyNames,
  bodyOf,
  maybeId,
  type Proposals,
  someId,
  someIdWhere,
} from '../../platform/book/proposal.arbitrary.ts';
import { type Place, placeLevels, standsUnder } from './place.ts';

const anyAlias = fc.constantFrom('Kambar', 'Qambar', 'Qamber-Shahdadkot', 'Zeba', ' زيبا ');

export const proposals: Proposals = {
  'places.add': (sight) =>
    maybeId(sight, 'place').chain((parent) => {
      const above = parent === null ? undefined : bodyOf<Place>(sight, 'place', parent)?.level;
      const fitting = placeLevels.filter((level) => above !== undefined && standsUnder(level, above));
      return fc.record(
        {
          names: anyNames,
          level: fc.constantFrom(...(fitting.length > 0 ? fitting : placeLevels), ...fitting, 'village', 'deh'),
          parent: fc.constant(parent),
          code: fc.option(fc.record({ value: fc.constantFrom('1', '2'), list: fc.constant('census') })),
          aliases: fc.array(anyAlias, { maxLength: 2 }),
          owner: someId(sight, 'organization'),
          deh: maybeId(sight, 'place'),
          sure: fc.boolean(),
        },
        { requiredKeys: ['names', 'level', 'parent', 'code', 'aliases', 'owner'] },
      );
    }),
  'places.rename': (sight) => fc.record({ place: someId(sight, 'place'), names: anyNames }),
  'places.add-alias': (sight) => fc.record({ place: someId(sight, 'place'), alias: anyAlias }),
  'places.move': (sight) =>
    someId(sight, 'place').chain((place) => {
      const level = bodyOf<Place>(sight, 'place', place)?.level;
      return fc.record({
        place: fc.constant(place),
        parent: someIdWhere<Place>(sight, 'place', (above) => level !== undefined && standsUnder(level, above.level)),
        from: anyDay(sight),
      });
    }),
  'places.set-code': (sight) =>
    fc.record({
      place: someId(sight, 'place'),
      code: fc.record({
        value: fc.constantFrom('PK70901', ' 1 '),
        list: fc.constantFrom('census 2017', 'census 2023'),
      }),
    }),
  'places.locate': (sight) =>
    fc.record({
      place: someId(sight, 'place'),
      position: fc.option(
        fc.record({ north: fc.integer({ min: 23_000, max: 38_000 }), east: fc.integer({ min: 60_000, max: 78_000 }) }),
      ),
    }),
  'places.close': (sight) => fc.record({ place: someId(sight, 'place'), on: anyDay(sight) }),
};
