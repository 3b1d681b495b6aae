import type { Register } from '../../platform/book/command.ts';
import { addAlias, addPlace, closePlace, movePlace, renamePlace } from './commands.ts';
import { placeKind } from './place.ts';

export const placesRegister: Register = {
  name: 'places',
  kinds: [placeKind],
  commands: [addPlace, renamePlace, addAlias, movePlace, closePlace],
};
