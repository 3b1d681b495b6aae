import type { ComponentChildren, VNode } from 'preact';
import { ClothMotif } from './cloth-motif.tsx';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';
import { Ltr } from './isolated.tsx';

type TileProps = {
  readonly motif: number;
  readonly name: ComponentChildren;
  readonly note?: ComponentChildren;
  readonly picked?: boolean;
  readonly onClick: () => void;
};

/** A person by her cloth and her name. Before unlocking it names no post. */
export function Tile({ motif, name, note, picked, onClick }: TileProps): VNode {
  return (
    <button type="button" class="tile" aria-pressed={picked} onClick={onClick}>
      <ClothMotif motif={motif} />
      <span class="n">
        <b>{name}</b>
        {note && <small>{note}</small>}
      </span>
    </button>
  );
}

type BookTileProps = {
  readonly icon: IconName;
  /** What the register counts; the largest thing on the tile. Write numbers with `words.number`. */
  readonly figure: string;
  readonly children: ComponentChildren;
  readonly href?: string;
  readonly onClick?: () => void;
  /** The shelf with all registers. */
  readonly all?: boolean;
};

/** A register as a bound book, its spine of cloth. */
export function BookTile({ icon, figure, children, href, onClick, all }: BookTileProps): VNode {
  const inside = (
    <>
      <Icon name={icon} />
      <span class={figure.length > 5 ? 'fig long' : 'fig'}>
        <Ltr>{figure}</Ltr>
      </span>
      <span class="w">{children}</span>
    </>
  );
  const style = all ? 'book all' : 'book';
  return href ? (
    <a class={style} href={href}>
      {inside}
    </a>
  ) : (
    <button type="button" class={style} onClick={onClick}>
      {inside}
    </button>
  );
}

/** A grid of tiles: people two in a row, books three. */
export function Tiles({
  of,
  children,
}: {
  readonly of: 'people' | 'books';
  readonly children: ComponentChildren;
}): VNode {
  return <div class={of === 'people' ? 'tiles' : 'books'}>{children}</div>;
}
