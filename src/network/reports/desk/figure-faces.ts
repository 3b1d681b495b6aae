import type { IconName } from '../../../platform/design/phone/icon.tsx';
import type { MessageId } from '../../../platform/languages/message-id.generated.ts';
import type { DeskFigure } from '../desk-figures.ts';

type PlainMessage = Extract<MessageId, `reports.${DeskFigure}`>;

/** The picture and the word of each figure, and in which part of a report it stands. */
export const figureFaces: Readonly<
  Record<
    DeskFigure,
    { readonly icon: IconName; readonly says: PlainMessage; readonly part: 'federation' | 'care' | 'office' }
  >
> = {
  'people-given-blood': { icon: 'blood', says: 'reports.people-given-blood', part: 'care' },
  'families-carried': { icon: 'ambulance', says: 'reports.families-carried', part: 'care' },
  emergencies: { icon: 'emergency', says: 'reports.emergencies', part: 'care' },
  donors: { icon: 'blood', says: 'reports.donors', part: 'care' },
  'households-organized': { icon: 'household', says: 'reports.households-organized', part: 'federation' },
  households: { icon: 'household', says: 'reports.households', part: 'federation' },
  'village-organizations': { icon: 'office', says: 'reports.village-organizations', part: 'federation' },
  'community-organizations': { icon: 'people', says: 'reports.community-organizations', part: 'federation' },
  phones: { icon: 'saved', says: 'reports.phones', part: 'office' },
  waiting: { icon: 'warn', says: 'reports.waiting', part: 'office' },
  flags: { icon: 'warn', says: 'reports.flags', part: 'office' },
};
