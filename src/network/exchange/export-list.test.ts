import { expect, test } from 'vitest';
import type { Donor } from '../../care/blood-donors/donor.ts';
import type { Organization } from '../../federation/organizations/organization.ts';
import type { Person } from '../../federation/people/person.ts';
import type { Kept } from '../../platform/book/kind.ts';
import { exportList, type OfficeRecords } from './export-list.ts';

const names = (en: string, sd: string) => ({ en, sd, ur: null });
const kept = <T>(id: string, kind: string, body: Partial<T>): Kept<T> => ({
  id,
  kind,
  scope: '1-1',
  version: 1,
  body: body as T,
});
const office: OfficeRecords = {
  places: [],
  placesAbove: [],
  organizations: [
    kept<Organization>('1-1', 'organization', {
      tier: 'lso',
      number: null,
      names: names('Ibtida', 'ابتدا'),
      parent: null,
    }),
    kept<Organization>('1-2', 'organization', {
      tier: 'vo',
      number: 4,
      names: names('Kandri', 'ڪنڊري'),
      parent: '1-1',
      place: null,
      of: 'women',
      formedOn: '2018-01-15',
    }),
  ],
  households: [],
  people: [
    kept<Person>('1-3', 'person', {
      names: names('Zeba', 'زيبا'),
      parent: null,
      sex: 'f',
      born: null,
      owner: '1-2',
      number: null,
      withdrawnOn: null,
      mergedInto: null,
    }),
  ],
  donors: [
    kept<Donor>('1-4', 'donor', {
      names: names('Bux', 'بخش'),
      parent: null,
      sex: 'm',
      bornYear: 1990,
      group: 'B-',
      groupKnownBy: 'lab',
      village: null,
      vo: '1-2',
      relay: null,
      status: 'active',
    }),
  ],
  contacts: [],
};

test('a list leaves in the reader’s language, headings and answers alike', () => {
  const [heads, zeba] = exportList('people', office, 'sd');
  expect(heads?.slice(0, 5)).toEqual(['نالو (انگريزي)', 'نالو (سنڌي)', 'نالو (اردو)', 'پيءُ يا مڙس', 'عورت يا مرد']);
  expect(zeba?.slice(0, 5)).toEqual(['Zeba', 'زيبا', null, null, 'عورت']);
  expect(exportList('people', office, 'en')[1]?.[4]).toBe('Female');
  const [, bux] = exportList('donors', office, 'ur');
  expect(bux).toEqual(['Bux', 'بخش', null, null, 'مرد', 1990, 'B−', 'لیب', null, null, 'VO 4', 'ہاں']);
  const [, kandri] = exportList('organizations', office, 'sd');
  expect(kandri?.slice(3)).toEqual(['وي او', 4, null, null, 'عورتون', '2018-01-15']);
});
