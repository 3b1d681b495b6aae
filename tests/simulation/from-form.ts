import fc from 'fast-check';
import type { AnyCommand } from '../../src/platform/book/command.ts';
import {
  anyDay,
  anyNames,
  anyPhoneText,
  anyText,
  type Sight,
  someId,
} from '../../src/platform/book/proposal.arbitrary.ts';
import { registers } from '../../src/server/wings.ts';

/*
 * What a form alone lets guess of what one might write into it: for commands whose register has not said better beside them.
 */
type Form = {
  readonly _zod: {
    readonly def: {
      readonly type: string;
      readonly shape?: Readonly<Record<string, Form>>;
      readonly innerType?: Form;
      readonly element?: Form;
      readonly keyType?: Form;
      readonly valueType?: Form;
      readonly options?: readonly Form[];
      readonly entries?: Readonly<Record<string, string>>;
      readonly values?: readonly unknown[];
      readonly checks?: readonly { readonly _zod: { readonly def: CheckDefinition } }[];
    };
  };
};
type CheckDefinition = {
  readonly check: string;
  readonly pattern?: RegExp;
  readonly maximum?: number;
  readonly value?: number;
};

/** Whether an input can be made from the form of a command; not from one that hides it behind a step of its own. */
export function fromForm(command: AnyCommand, sight: Sight): fc.Arbitrary<unknown> {
  return filled(command.input as unknown as Form, '', sight);
}

const kinds = [...registers.kinds.keys()];
/** Fields that are named otherwise than the kind they point at. */
const pointsAt: Readonly<Record<string, string>> = {
  list: 'call-list',
  plan: 'birth-plan',
  contact: 'donor-contact',
  leader: 'on-call',
  successor: 'person',
  village: 'place',
};

function idFor(field: string, sight: Sight): fc.Arbitrary<string> {
  const kind = pointsAt[field] ?? kinds.find((name) => name === field);
  if (kind) return someId(sight, kind);
  const named = kinds.filter((name) => name.includes(field) && sight.ids(name).length > 0);
  return fc.oneof(
    { weight: 3, arbitrary: someId(sight, 'organization') },
    ...[...named, 'person'].map((name) => ({ weight: 1, arbitrary: someId(sight, name) })),
  );
}

function filled(form: Form, field: string, sight: Sight): fc.Arbitrary<unknown> {
  const { def } = form._zod;
  const checks = (def.checks ?? []).map((check) => check._zod.def);
  switch (def.type) {
    case 'object': {
      const shape = def.shape ?? {};
      if ('sd' in shape && 'ur' in shape && 'en' in shape) return anyNames;
      const optional = Object.keys(shape).filter((name) => shape[name]?._zod.def.type === 'optional');
      return fc.record(
        Object.fromEntries(Object.entries(shape).map(([name, inner]) => [name, filled(inner, name, sight)])),
        { requiredKeys: Object.keys(shape).filter((name) => !optional.includes(name)) },
      );
    }
    case 'nullable':
      return fc.option(filled(def.innerType as Form, field, sight), { freq: 2 });
    case 'optional':
    case 'default':
      return filled(def.innerType as Form, field, sight);
    case 'array':
      return fc.array(filled(def.element as Form, field, sight), { maxLength: 2 });
    case 'record':
      return recordOf(def.keyType as Form, def.valueType as Form, field, sight);
    case 'union':
      return fc.oneof(...(def.options ?? []).map((option) => filled(option, field, sight)));
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries ?? {}));
    case 'literal':
      return fc.constantFrom(...(def.values ?? []));
    case 'boolean':
      return fc.constantFrom(true, true, false);
    case 'number':
      return fc.integer({ min: bound(checks, 'greater_than') ?? 0, max: bound(checks, 'less_than') ?? 40 });
    case 'string':
      return textFor(checks, field, sight);
    default:
      return fc.constant(null);
  }
}

// A closed list of keys is asked for whole, any other key at will.
function recordOf(key: Form, value: Form, field: string, sight: Sight): fc.Arbitrary<unknown> {
  const keys = key._zod.def.entries ? Object.values(key._zod.def.entries) : null;
  if (keys) return fc.record(Object.fromEntries(keys.map((name) => [name, filled(value, name, sight)])));
  return fc.dictionary(fc.constantFrom('one', 'two'), filled(value, field, sight), { maxKeys: 2 });
}

function bound(checks: readonly CheckDefinition[], which: string): number | undefined {
  return checks.find(({ check, value }) => check === which && typeof value === 'number')?.value;
}

function textFor(checks: readonly CheckDefinition[], field: string, sight: Sight): fc.Arbitrary<string> {
  const pattern = checks.find((check) => check.pattern)?.pattern;
  const most = checks.find(({ check }) => check === 'max_length')?.maximum ?? 200;
  if (pattern?.test('7-118')) return idFor(field, sight);
  if (pattern?.test('2026-11-24')) return anyDay(sight);
  if (pattern) return fc.stringMatching(pattern).map((text) => text.slice(0, most));
  if (/number|phone/.test(field)) return anyPhoneText;
  // Older forms take an id as any short text.
  if (most <= 32)
    return fc.oneof(
      idFor(field, sight),
      anyText.map((text) => text.slice(0, most)),
    );
  return anyText.map((text) => text.slice(0, most));
}
