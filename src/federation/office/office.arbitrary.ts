import fc from 'fast-check';
import {
  anyDay,
  anyNames,
  anyText,
  type Proposals,
  someId,
  someIdWhere,
} from '../../platform/book/proposal.arbitrary.ts';
import type { Organization } from '../organizations/organization.ts';
import type { CutOffSheet } from './cut-off-sheet.ts';

const figure = fc.constantFrom('meetings', 'children-enrolled', 'people', 'Not a word');
const by = fc.option(fc.constantFrom({ sex: 'f' }, { sex: 'm' }, {}), { nil: undefined });
const told = { figure, by, count: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(0)) };
const page = fc.constantFrom('', '12', 'page 4');
const money = (most: number) => fc.record({ paisa: fc.integer({ min: 0, max: most }), bookPage: page });
const counted = fc.record({ count: fc.integer({ min: 0, max: 60 }), bookPage: page });

export const proposals: Proposals = {
  'office.carry-forward': (sight) =>
    fc.record(
      {
        ...told,
        from: fc.option(anyDay(sight)),
        until: anyDay(sight),
        bookPage: anyText.map((text) => text.slice(0, 40)),
        toldBy: anyText,
        owner: someId(sight, 'organization'),
      },
      { requiredKeys: ['figure', 'count', 'until', 'bookPage', 'toldBy', 'owner'] },
    ),
  'office.estimate': (sight) =>
    fc.record({
      ...told,
      on: anyDay(sight),
      leader: someId(sight, 'person'),
      names: anyNames,
      owner: someId(sight, 'organization'),
    }),
  'office.take-back-figure': (sight) => fc.record({ carried: someId(sight, 'carried-forward') }),
  'office.write-cut-off': (sight) =>
    fc.record({
      organization: someIdWhere<Organization>(sight, 'organization', ({ tier }) => tier === 'co'),
      on: anyDay(sight),
      savings: money(9_000_000),
      loans: money(6_000_000),
      cash: money(4_000_000),
      openResolutions: counted,
      donors: counted,
    }),
  'office.read-aloud': (sight) =>
    fc.record({
      sheet: someIdWhere<CutOffSheet>(sight, 'cut-off-sheet', (sheet) => sheet.readAloud === null),
      on: anyDay(sight),
      reader: anyText,
      heardBy: fc.integer({ min: 1, max: 40 }),
    }),
};
