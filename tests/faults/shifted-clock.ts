/* Loaded before a program: its clock is so many milliseconds off. Its timers and its database go on as before. */
const off = Number(process.env.CLOCK_IS_OFF ?? 0);
const Real = Date;

globalThis.Date = class extends Real {
  constructor(...given: [] | [string | number]) {
    if (given.length === 0) super(Real.now() + off);
    else super(...(given as [string]));
  }
  static override now = () => Real.now() + off;
} as DateConstructor;
