import type { Register } from '../../platform/book/command.ts';
import {
  mergeOrganizations,
  moveHouseholdAway,
  moveOrganization,
  movePersonAway,
  splitOrganization,
} from './commands.ts';

/** Keeps no kind of its own: people, households and organizations move, and `departure` says where they went. */
export const movesRegister: Register = {
  name: 'moves',
  kinds: [],
  commands: [moveHouseholdAway, movePersonAway, moveOrganization, mergeOrganizations, splitOrganization],
};
