import { blankDonorsBook, donorsBook } from '../care/blood-donors/donors-book.ts';
import { pocketCard } from '../care/emergencies/pocket-card.ts';
import { profileSheet } from '../federation/organizations/profile-sheet.ts';
import type { PrintedDocument } from '../platform/print/printed.ts';

/** Every document that a phone prints. */
export const documents: readonly PrintedDocument[] = [profileSheet, pocketCard, donorsBook, blankDonorsBook];
