import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CountTable, fewest, holdBack, type Shown } from './held-back.ts';

/** Two or three districts of one to four offices, two to four months; most counts are small, as a night's are. */
const counted = fc
  .record({
    districts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    months: fc.integer({ min: 2, max: 4 }),
    summed: fc.boolean(),
    counts: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 40 })), {
      minLength: 48,
      maxLength: 48,
    }),
  })
  .map(({ districts, months, summed, counts }): CountTable => {
    let next = 0;
    const rows: { parent: number | null; counts: number[] }[] = [];
    const width = months + (summed ? 1 : 0);
    const sum = (own: readonly number[]) => own.reduce((all, count) => all + count, 0);
    const add = (parent: number | null, own: readonly number[]) => rows.push({ parent, counts: [...own] }) - 1;
    const zero = Array.from({ length: width }, () => 0);
    const whole = add(null, zero);
    for (const offices of districts) {
      const district = add(whole, zero);
      for (let o = 0; o < offices; o++) {
        const own = Array.from({ length: months }, () => counts[next++ % counts.length] ?? 0);
        if (summed) own.push(sum(own));
        add(district, own);
        own.forEach((count, column) => {
          for (const row of [district, whole])
            (rows[row] as { counts: number[] }).counts[column] =
              ((rows[row] as { counts: number[] }).counts[column] ?? 0) + count;
        });
      }
    }
    return { rows, summed };
  });

/** Every addition that a reader knows: up each column of each sum, along each row. Cells by place, the sum with a minus. */
function additionsOf({ rows, summed }: CountTable): (readonly (readonly [cell: number, sign: 1 | -1])[])[] {
  const width = rows[0]?.counts.length ?? 0;
  const additions: (readonly [number, 1 | -1])[][] = [];
  rows.forEach((_, above) => {
    const below = rows.flatMap(({ parent }, row) => (parent === above ? [row] : []));
    if (below.length === 0) return;
    for (let column = 0; column < width; column++)
      additions.push([
        ...below.map((row) => [row * width + column, 1] as const),
        [above * width + column, -1] as const,
      ]);
  });
  if (summed)
    rows.forEach((_, row) => {
      additions.push(
        Array.from({ length: width }, (_, column) => [row * width + column, column === width - 1 ? -1 : 1] as const),
      );
    });
  return additions;
}

/** Cells that a reader with pencil and paper can compute: Gauss and Jordan on what is hidden. */
function computable(table: CountTable, shown: readonly (readonly Shown[])[]): number[] {
  const hidden = shown.flat().flatMap((count, cell) => (count === 'few' ? [cell] : []));
  const place = new Map(hidden.map((cell, i) => [cell, i]));
  const matrix = additionsOf(table).map((addition) => {
    const row = hidden.map(() => 0);
    for (const [cell, sign] of addition) {
      const at = place.get(cell);
      if (at !== undefined) row[at] = sign;
    }
    return row;
  });
  let pivot = 0;
  for (let column = 0; column < hidden.length && pivot < matrix.length; column++) {
    const found = matrix.findIndex((row, r) => r >= pivot && Math.abs(row[column] ?? 0) > 1e-9);
    if (found < 0) continue;
    [matrix[pivot], matrix[found]] = [matrix[found] as number[], matrix[pivot] as number[]];
    const by = matrix[pivot]?.[column] ?? 1;
    matrix[pivot] = (matrix[pivot] as number[]).map((value) => value / by);
    matrix.forEach((row, r) => {
      const times = row[column] ?? 0;
      if (r === pivot || Math.abs(times) < 1e-9) return;
      matrix[r] = row.map((value, c) => value - times * (matrix[pivot]?.[c] ?? 0));
    });
    pivot += 1;
  }
  return matrix.flatMap((row) => {
    const unknown = row.flatMap((value, c) => (Math.abs(value) > 1e-9 ? [c] : []));
    return unknown.length === 1 ? [hidden[unknown[0] as number] as number] : [];
  });
}

test('no desk reads a count of one to four, and what it reads is true', () => {
  fc.assert(
    fc.property(counted, (table) => {
      holdBack(table).forEach((row, r) => {
        row.forEach((shown, c) => {
          const real = table.rows[r]?.counts[c] ?? 0;
          if (real > 0 && real < fewest) expect(shown).toBe('few');
          if (shown !== 'few') expect(shown).toBe(real);
          if (real === 0) expect(shown).toBe(0);
        });
      });
    }),
    { numRuns: 300 },
  );
});

test('no held-back count can be computed from all that every desk together is shown', () => {
  fc.assert(
    fc.property(counted, (table) => {
      expect(computable(table, holdBack(table))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('no desk learns that a few offices together counted fewer than five', () => {
  fc.assert(
    fc.property(counted, (table) => {
      const shown = holdBack(table).flat();
      const real = table.rows.flatMap(({ counts }) => counts);
      for (const addition of additionsOf(table)) {
        const hidden = addition.filter(([cell]) => shown[cell] === 'few');
        if (hidden.length === 0 || hidden.some(([, sign]) => sign < 0)) continue;
        expect(hidden.reduce((sum, [cell]) => sum + (real[cell] ?? 0), 0)).toBeGreaterThanOrEqual(fewest);
      }
    }),
    { numRuns: 300 },
  );
});

test('a count of three is not found by taking the others from the sum of its district', () => {
  const shown = holdBack({
    summed: false,
    rows: [
      { parent: null, counts: [31] },
      { parent: 0, counts: [12] },
      { parent: 1, counts: [9] },
      { parent: 1, counts: [3] },
      { parent: 0, counts: [19] },
      { parent: 4, counts: [10] },
      { parent: 4, counts: [9] },
    ],
  });
  expect(shown.flat()).toEqual([31, 12, 'few', 'few', 19, 10, 9]);
});
