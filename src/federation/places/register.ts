import type { Register } from '../../platform/book/command.ts';
import { addAlias, addPlace, closePlace, locatePlace, movePlace, renamePlace, setCode } from './commands.ts';
import { placeKind } from './place.ts';

export const placesRegister: Register = {
  name: 'places',
  kinds: [placeKind],
  commands: [addPlace, renamePlace, addAlias, movePlace, setCode, locatePlace, closePlace],
};
