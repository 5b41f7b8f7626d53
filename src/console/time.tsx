/** A time as people read it, in UTC because the server does not know the reader's zone; `at` in Unix milliseconds. */
export const Time = ({ at }: { at: number }) => {
  const text = new Date(at).toISOString();
  return (
    <time class="time" datetime={text} title={text}>
      {`${text.slice(0, 10)} ${text.slice(11, 19)} UTC`}
    </time>
  );
};
