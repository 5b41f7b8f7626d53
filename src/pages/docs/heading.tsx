/** The heading of an entry, with a link to itself. */
export const Heading = ({ id, children }: { id: string; children: string }) => (
  <h3 id={id}>
    {children}{" "}
    <a class="anchor" href={`#${id}`} aria-label={`Link to “${children}”`}>
      #
    </a>
  </h3>
);
