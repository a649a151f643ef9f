import './brand.css';

/** The sign of the house. */
export function Brand() {
  return (
    <span className="k-brand">
      <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
        <path className="k-brand-roof" d="M16 4 3 12.5V15h26v-2.5z" />
        <path className="k-brand-wall" d="M6 16.5h20V28H6z" />
        <path className="k-brand-joints" d="m7 28 9-9.5 9 9.5M7 17l9 10 9-10" />
      </svg>
      <span>Kura</span>
      <span className="k-brand-kanji" lang="ja" aria-hidden="true">
        蔵
      </span>
    </span>
  );
}
