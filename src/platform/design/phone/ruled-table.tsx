import type { ComponentChildren, VNode } from 'preact';
import { useWords } from '../../languages/phone/words-context.tsx';
import { Ltr } from './isolated.tsx';

export type RuledColumn = { readonly head: string; readonly width?: 'narrow' | 'phone' };
export type RuledRow = {
  readonly key: string;
  readonly number: number;
  readonly cells: readonly ComponentChildren[];
  readonly onOpen?: () => void;
};

type RuledTableProps = {
  /** What the page is, for those who hear it. */
  readonly caption: string;
  readonly columns: readonly RuledColumn[];
  readonly rows: readonly RuledRow[];
};

/** A page of the paper book: numbered lines, a double margin line. With large text each line is written under its heads. */
export function RuledTable({ caption, columns, rows }: RuledTableProps): VNode {
  const words = useWords();
  return (
    <table class="ruled">
      <caption class="heard">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.say('design.row-number')}</th>
          {columns.map((column) => (
            <th scope="col" key={column.head} class={column.width}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} class={row.onOpen ? 'opens' : undefined} onClick={row.onOpen}>
            <td>
              <Ltr>{words.number(row.number)}</Ltr>
            </td>
            {columns.map((column, at) => (
              <td key={column.head} class={column.width}>
                {at === 0 && row.onOpen ? (
                  <button type="button" class="cell" onClick={row.onOpen}>
                    {row.cells[at]}
                  </button>
                ) : (
                  row.cells[at]
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
