/*
 * Small counts are held back so that no woman can be found by them, and so that none can be found by subtraction either. Offices
 * add up to districts and districts to the whole, months add up to their sum, and every level may be read by somebody: what is
 * held back is therefore decided once, for the whole table, whoever reads which part of it.
 *
 *   LSO A      9    3    7 │  19                LSO A      9  few  few │  19
 *   LSO B      6    8    9 │  23        →       LSO B      6  few  few │  23
 *   district  15   11   16 │  42                district  15   11   16 │  42
 *
 * Each count stands in two additions: along its row and up its column. Additions are the nodes of a graph and counts that are
 * held back its edges. A count can be computed from what is shown exactly when its edge is a bridge, so bridges are covered by
 * holding back one count more, until there is none. Nor may several held-back counts be known to be fewer than five together.
 *
 * Source: statistical offices call the second step complementary suppression; that a two-way table gives away its bridges and
 * nothing else is Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17 (1988).
 */

/** Counts under this read "few". Source: DESIGN, who may see what. */
export const fewest = 5;

export type Shown = number | 'few';

export type CountTable = {
  /** Rows that are counted, and rows that are their sums: `parent` is the place of the row they add up to, null at the top. */
  readonly rows: readonly { readonly parent: number | null; readonly counts: readonly number[] }[];
  /** The last column is the sum of those before it. A stock has none: its months do not add up. */
  readonly summed: boolean;
  /** Cells that another page shows too, as it shows them: here they are neither held back nor given away. */
  readonly given?: (row: number, column: number) => Shown | undefined;
};

export function isSmall(count: number): boolean {
  return count > 0 && count < fewest;
}

/** A count that stands alone. */
export function shownAlone(count: number): Shown {
  return isSmall(count) ? 'few' : count;
}

/** The table as it may be read: a count, or "few". Zero is shown: it tells of nobody. */
export function holdBack({ rows, summed, given }: CountTable): Shown[][] {
  const width = rows[0]?.counts.length ?? 0;
  const sums = new Set(rows.flatMap(({ parent }) => (parent === null ? [] : [parent])));
  // Node 0 stands for everything that no addition says, and for the row of the whole. A column of a sum is a node, and so is the row of an office.
  const nodeOf = (row: number, column: number) => 1 + row * (width + 1) + column;
  const rowNode = (row: number) => nodeOf(row, width);
  const nodes = 1 + rows.length * (width + 1);
  const size = rows.length * width;
  const counts = new Float64Array(size);
  const held = new Uint8Array(size);
  const fixed = new Uint8Array(size);
  const ends = new Int32Array(size * 2);
  const cellsOfNode: number[][] = Array.from({ length: nodes }, () => []);
  rows.forEach(({ parent, counts: own }, row) => {
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      counts[cell] = own[column] ?? 0;
      const elsewhere = given?.(row, column);
      fixed[cell] = elsewhere === undefined ? 0 : 1;
      held[cell] = elsewhere === 'few' || isSmall(counts[cell] ?? 0) ? 1 : 0;
      const along = sums.has(row) ? nodeOf(row, column) : summed ? rowNode(row) : 0;
      const upward = parent === null ? 0 : nodeOf(parent, column);
      ends[cell * 2] = along;
      ends[cell * 2 + 1] = upward;
      cellsOfNode[along]?.push(cell);
      cellsOfNode[upward]?.push(cell);
    }
  });
  // The row of a sum follows from the rows below it, so it is no node; but it too is read, and small sums show in it.
  const additions: { readonly cells: readonly number[]; readonly sum: number }[] = [];
  rows.forEach((_, row) => {
    const along = Array.from({ length: width }, (_, column) => row * width + column);
    if (summed) additions.push({ cells: along.slice(0, -1), sum: row * width + width - 1 });
    if (sums.has(row))
      for (const sum of along)
        additions.push({
          cells: (cellsOfNode[nodeOf(row, sum % width)] ?? []).filter((cell) => cell !== sum),
          sum,
        });
  });
  /** Holds back the smallest of some counts that is still shown. */
  const cover = (cells: readonly number[]): boolean => {
    let next = -1;
    for (const cell of cells)
      if (
        !held[cell] &&
        !fixed[cell] &&
        (counts[cell] ?? 0) > 0 &&
        (next < 0 || (counts[cell] ?? 0) < (counts[next] ?? 0))
      )
        next = cell;
    if (next < 0) return false;
    held[next] = 1;
    return true;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const { cells, sum } of additions) {
      if (held[sum]) continue;
      let together = 0;
      for (const cell of cells) if (held[cell]) together += counts[cell] ?? 0;
      if (isSmall(together) && cover([...cells, sum])) changed = true;
    }
    for (const bridge of bridgesOf(held, ends, cellsOfNode)) {
      const [one = 0, other = 0] = [ends[bridge * 2], ends[bridge * 2 + 1]];
      // Where both of its additions are held back whole, what lies behind it is one sum: any count that leads across covers it.
      const across = () => {
        const side = sideOf(one, bridge, held, ends, cellsOfNode);
        return [...counts.keys()].filter((cell) => side.has(ends[cell * 2] ?? 0) !== side.has(ends[cell * 2 + 1] ?? 0));
      };
      const at = (node: number) => (node === 0 && !summed ? [] : (cellsOfNode[node] ?? []));
      if (cover(at(one)) || cover(at(other)) || cover(across())) changed = true;
    }
  }
  return rows.map((_, row) =>
    Array.from({ length: width }, (_, column): Shown => {
      const cell = row * width + column;
      return held[cell] ? 'few' : (counts[cell] ?? 0);
    }),
  );
}

/** The nodes that hang together with one end of a bridge when it is taken away. */
function sideOf(
  from: number,
  bridge: number,
  held: Uint8Array,
  ends: Int32Array,
  cellsOfNode: readonly (readonly number[])[],
): ReadonlySet<number> {
  const side = new Set([from]);
  for (const node of side)
    for (const cell of cellsOfNode[node] ?? [])
      if (held[cell] && cell !== bridge) for (const end of [ends[cell * 2], ends[cell * 2 + 1]]) side.add(end ?? 0);
  return side;
}

/** Held-back cells whose edge lies on no cycle. Depth first, without recursion: a table has thousands of cells. */
function bridgesOf(held: Uint8Array, ends: Int32Array, cellsOfNode: readonly (readonly number[])[]): number[] {
  const edgesOf = (node: number) => cellsOfNode[node] ?? [];
  const found = new Int32Array(cellsOfNode.length);
  const lowest = new Int32Array(cellsOfNode.length);
  const next = new Int32Array(cellsOfNode.length);
  const bridges: number[] = [];
  let time = 0;
  for (let root = 0; root < cellsOfNode.length; root++) {
    if (found[root] || !edgesOf(root).some((cell) => held[cell])) continue;
    const path: { readonly node: number; readonly by: number }[] = [{ node: root, by: -1 }];
    found[root] = lowest[root] = ++time;
    while (path.length > 0) {
      const { node, by } = path[path.length - 1] as { node: number; by: number };
      const cell = edgesOf(node)[next[node] ?? 0];
      if (cell !== undefined) {
        next[node] = (next[node] ?? 0) + 1;
        if (!held[cell] || cell === by) continue;
        const other = (ends[cell * 2] === node ? ends[cell * 2 + 1] : ends[cell * 2]) ?? 0;
        if (found[other]) lowest[node] = Math.min(lowest[node] ?? 0, found[other] ?? 0);
        else {
          found[other] = lowest[other] = ++time;
          path.push({ node: other, by: cell });
        }
        continue;
      }
      path.pop();
      const above = path[path.length - 1];
      if (!above) continue;
      lowest[above.node] = Math.min(lowest[above.node] ?? 0, lowest[node] ?? 0);
      if ((lowest[node] ?? 0) > (found[above.node] ?? 0)) bridges.push(by);
    }
  }
  return bridges;
}
