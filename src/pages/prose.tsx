/** A sentence of the documentation, in which backticks mean code. */
export const Prose = ({ text }: { text: string }) => (
  <>{text.split("`").map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>
);

/** Paragraphs, which an empty line separates. */
export const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text.split("\n\n").map((paragraph) => (
      <p>
        <Prose text={paragraph} />
      </p>
    ))}
  </>
);
