/** A sun rising over the lines of a ledger: warmth and the account. */
export function BrandMark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--union-red)" />
      <path d="M10 16a6 6 0 0 1 12 0z" fill="#fff" />
      <path d="M7 19.5h18M7 24.5h18" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
