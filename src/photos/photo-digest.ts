/** SHA-256 of a photo as it is stored, taken while its bytes go by. */
export class PhotoDigest {
  readonly #stream = new crypto.DigestStream("SHA-256");
  readonly #writer = this.#stream.getWriter();

  /** The chunk may be changed once this has resolved. */
  async update(chunk: Uint8Array): Promise<void> {
    await this.#writer.write(chunk);
  }

  /** Lower-case hex; nothing can be added after this. */
  async hex(): Promise<string> {
    await this.#writer.close();
    return new Uint8Array(await this.#stream.digest).toHex();
  }
}
